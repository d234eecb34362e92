"""What every test needs: no screen, and no trace of the user's own settings."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

settings.register_profile("everyday", deadline=None, max_examples=60)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("NOTEMODELER_EXAMPLES", "everyday"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    """Settings, recovery and cache go to a folder of the test."""
    monkeypatch.setenv("NOTEMODELER_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard_at_the_end():
    """The off-screen clipboard crashes if it still holds something when Python ends."""
    yield
    gui = sys.modules.get("PySide6.QtGui")
    if gui and gui.QGuiApplication.instance():
        gui.QGuiApplication.clipboard().clear()
