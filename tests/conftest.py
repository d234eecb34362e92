"""What every test needs: no screen, and no trace of the user's own settings."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    """Settings, recovery and cache go to a folder of the test."""
    monkeypatch.setenv("NOTEMODELER_HOME", str(tmp_path / "home"))
