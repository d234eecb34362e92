"""Putting a window together with its session, its settings and its look."""

from notemodeler.app.places import find_places
from notemodeler.app.sample import ascent_project
from notemodeler.app.session import Session
from notemodeler.app.settings import SettingsStore, ThemeChoice
from notemodeler.io.recovery import RecoveryStore
from notemodeler.ui.document import Document
from notemodeler.ui.file_desk import SAMPLE_NAME
from notemodeler.ui.look import Look
from notemodeler.ui.main_window import MainWindow


def assemble(theme: str | None = None) -> tuple[MainWindow, RecoveryStore]:
    """A window with the sample, not yet shown, and the store that may hold work to recover."""
    places = find_places()
    settings = SettingsStore(places.settings)
    recovery = RecoveryStore(places.recovery)
    session = Session(recovery, settings)
    project = ascent_project()
    session.new(project, SAMPLE_NAME)
    look = Look(ThemeChoice(theme) if theme else settings.settings.theme)
    window = MainWindow(Document(project), session, settings, look)
    look.setParent(window)
    window.document.setParent(window)
    return window, recovery
