"""What leaves the window: the workbook, the picture of the charts, and files that come in to be imported."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from notemodeler.domain.issues import UserError
from notemodeler.ui.background import Background, Cancelled, Report
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.document import Document
from notemodeler.ui.file_desk import FileDesk
from notemodeler.ui.table_tabs import TableTabs

WORKBOOKS = "Excel workbooks (*.xlsx)"
PICTURES = {"png": "PNG picture (*.png)", "svg": "SVG drawing (*.svg)", "pdf": "PDF page (*.pdf)"}
PRICE_FILES = "Price tables (*.csv *.txt *.tsv *.xlsx);;All files (*)"


class ExportDesk(QObject):
    """Asks where, writes the whole file at once, says where it is.

    A workbook takes seconds: it is worked out beside the window, which shows how far it is. The file is
    written once all is there, so that a cancelled one leaves what was there as it was.
    """

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
        self._work = Background(document, self)
        self._path = Path()
        self._work.reported.connect(self._show_progress)
        self._work.finished.connect(self._write_workbook)
        self._work.refused.connect(files.bar.refuse)

    @property
    def is_running(self) -> bool:
        """Whether a workbook is being worked out."""
        return self._work.is_running

    def workbook(self) -> None:
        path = self._where("Export the workbook", WORKBOOKS, ".xlsx")
        if path is not None:
            self.write_workbook(path)

    def write_workbook(self, path: Path) -> None:
        """Work the workbook out, with the sheets of its valuation, and then write it.

        A newer one takes the place of one that is not done. What is edited meanwhile is not in it.
        """
        results, rows = self._document.results, self._tabs.schedule.row_dates

        def work(report: Report, cancelled: Cancelled) -> bytes:
            from notemodeler.app.export import valued_workbook_bytes

            return valued_workbook_bytes(
                results, rows, lambda done, words: report((done, words)), cancelled
            )

        self._path = path
        self._show_progress((0.0, "beginning"))
        self._work.start(work)

    def cancel(self) -> None:
        """Stop working the workbook out; no file is written."""
        self._work.cancel()
        self._files.bar.tell(f"{self._path.name} was not written.")

    def _show_progress(self, reported: tuple[float, str]) -> None:
        done, words = reported
        self._files.bar.progress(f"Exporting {self._path.name}: {words} …", done, self.cancel)

    def _write_workbook(self, content: bytes) -> None:
        from notemodeler.io.atomic_file import write_atomically

        path = self._path
        self._written(path, lambda: write_atomically(path, content))

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
