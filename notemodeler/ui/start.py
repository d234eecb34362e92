"""Opening the window: paint it first, bring in the charts after, end cleanly."""

import argparse
import gc
import importlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BAD_QT_ON_311 = (6, 12)
BEFORE_QT = ("notemodeler.app.sample", "notemodeler.app.settings", "notemodeler.app.places")
"""What the window needs that needs no Qt: PySide6 reads the source of every module that is loaded after it."""


def main(arguments: Sequence[str]) -> int:
    """Open the window with the file, or the sample; without a display, write workbook and picture instead."""
    began = time.perf_counter()
    options = _options(arguments)
    if not has_display(sys.platform, os.environ):
        from notemodeler.ui.without_display import main as work_without_display

        return work_without_display(options.file)
    gc.disable()  # nothing that loading makes is garbage; looking for some takes a tenth of the start
    for name in BEFORE_QT:
        importlib.import_module(name)
    _refuse_known_crash()
    _spare_reading_sources()
    return _open(options, began)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "notemodeler",
        description="Open the window.",
        # Without a width argparse loads shutil, bz2 and lzma, only to ask how wide the terminal is.
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=80),
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a .note document, or a price file")
    parser.add_argument(
        "--theme", choices=["system", "light", "dark"], help="the face for this start"
    )
    parser.add_argument(
        "--smoke", action="store_true", help="open, fill, print how long it took in ms, and end"
    )
    return parser.parse_args(arguments)


def has_display(platform: str, environ: "os._Environ[str] | dict[str, str]") -> bool:
    """Whether a window can be shown; on Linux that needs X11 or Wayland, or a platform chosen on purpose."""
    if platform in ("win32", "darwin"):
        return True
    return any(environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))


def _refuse_known_crash() -> None:
    """PySide6 6.12.0 aborts on Python 3.11 after a few thousand calls (it drops references of None)."""
    import PySide6

    version = tuple(int(part) for part in PySide6.__version__.split(".")[:2])
    if sys.version_info[:2] == (3, 11) and version == BAD_QT_ON_311:
        sys.exit("PySide6 6.12 crashes on Python 3.11. Install PySide6-Essentials below 6.12.")


def _spare_reading_sources() -> None:
    """PySide6 reads the source of every module that is loaded after it, to see whether it uses PySide6.

    Only modules that ask for the optional spellings of `__feature__` need that; there are none here.
    It takes as long as loading the modules does: a third of a second for a program with numpy.
    """
    feature: Any = sys.modules.get("PySide6.support.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: False


def _open(options: argparse.Namespace, began: float) -> int:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(["Note Modeler"])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    application.setApplicationName("Note Modeler")
    application.setApplicationDisplayName("Note Modeler")

    from notemodeler.ui.assembly import assemble
    from notemodeler.ui.first_paint import FirstPaint

    window = assemble(options.theme)

    def after_first_paint() -> None:
        from notemodeler.ui.crash import install
        from notemodeler.ui.idle_memory import IdleMemory

        tell("painted")
        install(window, (lambda: application.exit(1)) if options.smoke else None)
        try:
            window.charts.fill()
            application.processEvents()  # the charts are seen before the rest is worked out
            tell("filled")
            window.document.wake()
            application.processEvents()
        finally:
            IdleMemory(window.document).begin()
        if options.file:
            window.take_file(Path(options.file).absolute())
        window.files.offer_recovery()
        if options.smoke:
            window.close()

    def tell(what: str) -> None:
        if options.smoke:
            print(f"{what} {(time.perf_counter() - began) * 1000:.0f} ms", flush=True)

    FirstPaint(window, after_first_paint)
    window.show()
    code = application.exec()
    window.deleteLater()
    application.processEvents()
    return int(code)
