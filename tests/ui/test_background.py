"""Long work beside the window."""

import threading
from time import monotonic, sleep

import pytest
from PySide6.QtCore import QThread

from notemodeler.app.sample import ascent_project
from notemodeler.domain.issues import UserError
from notemodeler.ui.background import Background
from notemodeler.ui.document import Document

WAIT = 5_000


@pytest.fixture
def document(qapp):
    return Document(ascent_project())


@pytest.fixture
def background(document):
    made = Background(document)
    yield made
    made.stop()


def test_the_work_runs_beside_the_window_and_is_heard_in_its_thread(background, qtbot):
    threads = []
    background.finished.connect(lambda found: threads.append(QThread.currentThread()))
    with qtbot.waitSignal(background.finished, timeout=WAIT) as found:
        background.start(lambda report, cancelled: threading.current_thread().name)
    assert found.args[0] != threading.main_thread().name
    assert threads == [background.thread()]
    assert not background.is_running


def test_a_newer_request_takes_the_place_of_an_older_one(background, qtbot):
    heard = []
    background.finished.connect(heard.append)
    stopped = threading.Event()

    def endless(report, cancelled):
        while not cancelled():
            report("old")
            sleep(0.001)
        stopped.set()
        return "old"

    background.start(endless)
    with qtbot.waitSignal(background.finished, timeout=WAIT):
        background.start(lambda report, cancelled: "new")
    qtbot.wait(20)
    assert stopped.is_set()
    assert heard == ["new"]


def test_reports_that_pile_up_are_heard_once_and_before_the_end(background, qtbot):
    heard = []
    background.reported.connect(heard.append)
    background.finished.connect(heard.append)

    def talkative(report, cancelled):
        for number in range(1_000):
            report(number)
        return "end"

    with qtbot.waitSignal(background.finished, timeout=WAIT):
        background.start(talkative)
        sleep(0.2)
    assert heard == [999, "end"]


def test_a_refusal_is_told_as_one(background, qtbot):
    def refused(report, cancelled):
        raise UserError("There is no price.", "Type one.")

    with qtbot.waitSignal(background.refused, timeout=WAIT) as told:
        background.start(refused)
    assert str(told.args[0]) == str(UserError("There is no price.", "Type one."))


def test_a_bug_comes_up_in_the_thread_of_the_window(background, qtbot):
    def broken(report, cancelled):
        raise ZeroDivisionError("a bug")

    with qtbot.captureExceptions() as caught:
        background.start(broken)
        qtbot.waitUntil(lambda: bool(caught), timeout=WAIT)
    assert caught[0][0] is ZeroDivisionError
    assert not background.is_running


def test_closing_the_document_stops_the_work_and_waits_for_its_thread(document, background):
    began, ended = threading.Event(), threading.Event()

    def endless(report, cancelled):
        began.set()
        while not cancelled():
            sleep(0.001)
        ended.set()

    background.start(endless)
    assert began.wait(5)
    at = monotonic()
    document.closing.emit()
    assert ended.is_set()
    assert monotonic() - at < 5
