"""What leaves the window: the workbook, the picture of the charts, and files that come in to be imported."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from notemodeler.domain.issues import UserError
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.document import Document
from notemodeler.ui.file_desk import FileDesk
from notemodeler.ui.tables.schedule_table import ScheduleTable

WORKBOOKS = "Excel workbooks (*.xlsx)"
PICTURES = "PNG picture (*.png);;SVG drawing (*.svg);;PDF page (*.pdf)"
PRICE_FILES = "Price tables (*.csv *.txt *.tsv *.xlsx);;All files (*)"


class ExportDesk(QObject):
    """Asks where, writes the whole file at once, says where it is."""

    def __init__(
        self, document: Document, files: FileDesk, charts: ChartPanel, schedule: ScheduleTable, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._files = files
        self._charts = charts
        self._schedule = schedule
        self._window = parent
        self.preview: QDialog | None = None

    def workbook(self) -> None:
        path = self._where("Export the workbook", WORKBOOKS, ".xlsx")
        if path is not None:
            self.write_workbook(path)

    def write_workbook(self, path: Path) -> None:
        from notemodeler.app.export import export_workbook

        self._written(path, lambda: export_workbook(self._document.results, path, self._schedule.row_dates))

    def picture(self) -> None:
        path = self._where("Save the charts as a picture", PICTURES, ".png")
        if path is not None:
            self.write_picture(path)

    def write_picture(self, path: Path) -> None:
        """Write the charts as PNG, SVG or PDF by the ending of the name."""
        from notemodeler.io.atomic_file import write_atomically

        kind = path.suffix.lower().lstrip(".")
        if kind not in ("png", "svg", "pdf"):
            error = UserError(f"A picture cannot be written as “{path.suffix}”.", "Use .png, .svg or .pdf.")
            self._files.bar.refuse(error)
            return
        self._written(path, lambda: write_atomically(path, self._charts.picture(kind)))

    def import_prices(self) -> None:
        path = self._files.questions.which_file_to_open("Import prices", PRICE_FILES, self._files.folder)
        if path is not None:
            self.preview_prices(path)

    def preview_prices(self, path: Path) -> None:
        """Show what a price file holds before any of it is taken."""
        from notemodeler.ui.import_preview import ImportPreview

        self.preview = ImportPreview(
            self._document, path.name, path, self._charts.theme, parent=self._window
        )
        self.preview.open()

    def _where(self, title: str, kinds: str, ending: str) -> Path | None:
        questions = self._files.questions
        path = questions.which_file_to_write(title, kinds, self._files.beside(ending))
        return path.with_suffix(ending) if path is not None and not path.suffix else path

    def _written(self, path: Path, write: Callable[[], object]) -> None:
        try:
            write()
        except UserError as error:
            self._files.bar.refuse(error)
            return
        self._files.bar.tell(f"Wrote {path}.", ("Open", lambda: _open_outside(path)))


def _open_outside(path: Path) -> None:
    from PySide6.QtCore import QUrl

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
