"""What leaves the window: the workbook, the picture of the charts, and files that come in to be imported."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from notemodeler.domain.issues import UserError
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.document import Document
from notemodeler.ui.file_desk import FileDesk
from notemodeler.ui.table_tabs import TableTabs

WORKBOOKS = "Excel workbooks (*.xlsx)"
PICTURES = {"png": "PNG picture (*.png)", "svg": "SVG drawing (*.svg)", "pdf": "PDF page (*.pdf)"}
PRICE_FILES = "Price tables (*.csv *.txt *.tsv *.xlsx);;All files (*)"


class ExportDesk(QObject):
    """Asks where, writes the whole file at once, says where it is."""

    def __init__(
        self,
        document: Document,
        files: FileDesk,
        charts: ChartPanel,
        tabs: TableTabs,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._files = files
        self._charts = charts
        self._tabs = tabs
        self._window = parent
        self.preview: QDialog | None = None

    def workbook(self) -> None:
        path = self._where("Export the workbook", WORKBOOKS, ".xlsx")
        if path is not None:
            self.write_workbook(path)

    def write_workbook(self, path: Path) -> None:
        from notemodeler.app.export import export_workbook

        self._written(
            path,
            lambda: export_workbook(self._document.results, path, self._tabs.schedule.row_dates),
        )

    def picture(self, kind: str = "png", charts: ChartStack | None = None) -> None:
        """Ask where and write the charts, the note's own unless others are given.

        `kind` is the format proposed: png, svg or pdf.
        """
        kinds = ";;".join([PICTURES[kind], *(PICTURES[each] for each in PICTURES if each != kind)])
        path = self._where("Save the charts as a picture", kinds, f".{kind}")
        if path is not None:
            self.write_picture(path, charts)

    def write_picture(self, path: Path, charts: ChartStack | None = None) -> None:
        """Write the charts as PNG, SVG or PDF by the ending of the name."""
        from notemodeler.io.atomic_file import write_atomically

        kind = path.suffix.lower().lstrip(".")
        if kind not in PICTURES:
            error = UserError(
                f"A picture cannot be written as “{path.suffix}”.", "Use .png, .svg or .pdf."
            )
            self._files.bar.refuse(error)
            return
        shown = charts or self._charts
        self._written(path, lambda: write_atomically(path, shown.picture(kind)))

    def import_prices(self) -> None:
        path = self._files.questions.which_file_to_open(
            "Import prices", PRICE_FILES, self._files.folder
        )
        if path is not None:
            self.preview_prices(path)

    def preview_prices(self, path: Path) -> None:
        """Show what a price file holds before any of it is taken."""
        self._preview(path.name, path)

    def preview_text(self, name: str, text: str) -> None:
        """The same for prices that were pasted."""
        self._preview(name, text)

    def _preview(self, name: str, source: Path | str) -> None:
        from notemodeler.ui.import_preview import ImportPreview

        theme = self._charts.theme
        self.preview = ImportPreview(self._document, name, source, theme, parent=self._window)
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
