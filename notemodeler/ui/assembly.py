"""Putting a window together with its session, its settings and its look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notemodeler.app.places import find_places
from notemodeler.app.sample import SAMPLE_NAME, ascent_project
from notemodeler.app.settings import SettingsStore, ThemeChoice
from notemodeler.ui.document import Document
from notemodeler.ui.look import Look
from notemodeler.ui.main_window import MainWindow

if TYPE_CHECKING:
    from notemodeler.app.session import Session


def assemble(theme: str | None = None) -> MainWindow:
    """A window with the sample, not yet shown; it shows what follows from the terms after `fill`."""
    places = find_places()
    settings = SettingsStore(places.settings)
    project = ascent_project()

    def begin_session() -> Session:
        from notemodeler.app.session import Session
        from notemodeler.io.recovery import RecoveryStore

        session = Session(RecoveryStore(places.recovery), settings)
        session.new(project, SAMPLE_NAME)
        return session

    look = Look(ThemeChoice(theme) if theme else settings.settings.theme)
    window = MainWindow(Document(project, is_at_rest=True), begin_session, settings, look)
    look.setParent(window)
    window.document.setParent(window)
    return window
