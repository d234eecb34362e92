"""Garbage that only a full look finds goes once the edits have rested, and not before."""

import gc
import weakref

import pytest

from notemodeler.app.sample import ascent_project
from notemodeler.ui.document import Document
from notemodeler.ui.idle_memory import IdleMemory


class Ring:
    """Holds itself, so that no count of references frees it."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def memory():
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_garbage_goes_when_the_edits_have_rested(qtbot, memory):
    document = Document(ascent_project())
    IdleMemory(document).begin()
    ring = weakref.ref(Ring())
    document.edit_field("note.title", "Another", "Rename")
    assert ring() is not None
    qtbot.waitUntil(lambda: ring() is None, timeout=5000)


def test_a_key_after_the_other_waits_for_the_last(qtbot, memory, monkeypatch):
    document = Document(ascent_project())
    looked = []
    monkeypatch.setattr(gc, "collect", lambda: looked.append(1))
    IdleMemory(document).begin()
    for name in ("One", "Two", "Three"):
        document.edit_field("note.title", name, "Rename")
        qtbot.wait(50)
    assert not looked
    qtbot.waitUntil(lambda: looked == [1], timeout=5000)
