"""The main job where no window can be shown: the workbook and a picture of the window, written to files."""

import os
import sys
from pathlib import Path

from notemodeler.app.export import export_workbook
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.issues import UserError
from notemodeler.domain.project import Project
from notemodeler.domain.row_dates import RowDates
from notemodeler.io.atomic_file import write_atomically


def main(file: str | None, folder: Path | None = None) -> int:
    """Write both beside each other and say where they are; 2 if the document cannot be read."""
    print(
        "There is no display to show the window on; the workbook and a picture of the window instead:"
    )
    folder = folder or Path.cwd()
    try:
        project, stem = _project(file)
        workbook = folder / f"{stem}.xlsx"
        export_workbook(compute(project), workbook, RowDates.MONTH_ENDS)
        print(f"workbook  {workbook}")
        picture = folder / f"{stem}.png"
        write_atomically(picture, window_picture(project))
        print(f"picture   {picture}")
    except UserError as error:
        print(f"notemodeler: {error.sentence} {error.hint}".rstrip())
        return 2
    return 0


def _project(file: str | None) -> tuple[Project, str]:
    if file is None:
        return ascent_project(), "ascent"
    from notemodeler.io.document_file import load_document

    return load_document(file).project, Path(file).stem


def _pass_over_what_the_platform_lacks(kind: object, where: object, message: str) -> None:
    """The off-screen platform says of every window what it does not support; nobody can act on that."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(message + "\n")


def window_picture(project: Project, theme: str = "light") -> bytes:
    """The window with the document as a PNG, painted off-screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as problem:
        raise UserError(
            f"The picture needs system libraries of Qt that are missing: {problem}."
        ) from None
    from PySide6.QtCore import QBuffer, QIODevice, qInstallMessageHandler

    qInstallMessageHandler(_pass_over_what_the_platform_lacks)
    application = QApplication.instance() or QApplication(["Note Modeler"])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    from notemodeler.ui.assembly import assemble

    window = assemble(theme)
    window.document.load(project)
    window.show()
    window.fill()
    for _ in range(5):
        application.processEvents()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    window.document.undo_stack.setClean()
    window.close()
    window.deleteLater()
    application.processEvents()
    return bytes(buffer.data().data())
