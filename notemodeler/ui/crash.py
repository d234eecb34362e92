"""When we are wrong: keep a recovery copy first, then say so with a report that can be copied."""

import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from notemodeler import __version__
from notemodeler.app.places import find_places
from notemodeler.domain.issues import UserError

if TYPE_CHECKING:
    from notemodeler.ui.main_window import MainWindow


def install(window: "MainWindow", end: Callable[[], object] | None = None) -> None:
    """Send every uncaught exception to the log and to the window's message bar.

    With `end`, which a start without a user passes, the program is ended instead of asking anybody.
    """

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = report(kind, error, trace)
        sys.stderr.write(text)
        keep_log(text)
        QTimer.singleShot(0, window, end or (lambda: tell(window, text)))

    sys.excepthook = caught
    threading.excepthook = lambda args: caught(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """The text that a user can send us: versions and the trace, nothing of the document."""
    head = f"Note Modeler {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n"
    return head + "".join(traceback.format_exception(kind, error, trace))


def keep_log(text: str) -> None:
    """Append the report to the log file, if that can be done."""
    folder = find_places().logs
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "errors.log").open("a", encoding="utf-8") as log:
            log.write(text + "\n")
    except OSError as problem:
        sys.stderr.write(f"The log could not be written: {problem}\n")


def tell(window: "MainWindow", text: str) -> None:
    """Keep a recovery copy, then offer the report."""
    kept = "Your work is kept as a recovery copy."
    try:
        window.files.session.autosave()
    except UserError as error:
        kept = f"A recovery copy could not be kept: {error.sentence}"
    last = text.strip().splitlines()[-1]
    window.bar.refuse(
        UserError(f"Something went wrong in the program: {last}", kept),
        ("Copy the report", lambda: QGuiApplication.clipboard().setText(text)),
    )
