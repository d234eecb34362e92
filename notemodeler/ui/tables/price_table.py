"""The price table: type, paste and import the prices of a series, and see what each day makes of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from notemodeler.domain.project import Project
from notemodeler.ui.document import Document
from notemodeler.ui.tables.cell_editor import go_to
from notemodeler.ui.tables.part import TablePart
from notemodeler.ui.tables.price_columns import DAY, QUOTED, TAG
from notemodeler.ui.tables.price_model import PriceModel
from notemodeler.ui.tables.price_tools import Deed, PriceTools
from notemodeler.ui.tables.status_line import StatusLine
from notemodeler.ui.tables.view import GridView
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.ui.tables.price_paste import Pasted

NO_PRICES = "No prices yet. Paste them from Excel or a web page (Ctrl+V), import a file, or type the first one."


class PriceTable(TablePart):
    """The prices tab."""

    model: PriceModel

    import_wanted = Signal()
    """The user pressed Import: the window asks for a file and opens an `ImportPreview`."""
    preview_wanted = Signal(str, str)
    """Name and text of a paste that must be looked at in an `ImportPreview`."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prices")
        self._document = document
        self.model = PriceModel(document, theme, self)
        self.view = GridView(self.model, "prices.table", "Prices by day", self)
        self.tools = PriceTools(document, self.model, self._deeds(), self)
        self.status = StatusLine(theme, self)
        self._behind: Project | None = None
        self._is_following = False
        self._user_shows_tags: bool | None = None
        self._lay_out()
        self._connect()
        self._show_state()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.view, 1)
        column.addWidget(self.status)
        heads = self.view.horizontalHeader()
        heads.setSortIndicator(DAY, Qt.SortOrder.AscendingOrder)
        heads.setSortIndicatorShown(True)
        heads.setSectionsClickable(True)
        heads.sortIndicatorChanged.connect(self.model.sort)
        QWidget.setTabOrder(self.tools, self.view)

    def _connect(self) -> None:
        self.model.said.connect(self.status.say)
        self.model.paste_wanted.connect(self.paste_text)
        self.model.modelReset.connect(self._show_state)
        self.view.selectionModel().currentChanged.connect(self._look_at_row)
        self._document.changed.connect(self._follow)
        self._document.note_selected.connect(self._show_another_note)
        self._document.woke.connect(self._wake)
        self._document.cursor_moved.connect(self._show_cursor)

    def _deeds(self) -> tuple[Deed, ...]:
        view = self.view
        return (
            ("import", "Import…", "Read prices from a CSV or Excel file (.xlsx).", self.import_wanted.emit),
            ("paste", "Paste", "Paste prices from Excel or a web page (Ctrl+V).", view.paste),
            ("insert", "Insert", "Another day before the first row or after the last (Ctrl++).", view.insert_row),
            ("delete", "Delete", "Delete the rows selected (Ctrl+-).", view.delete_rows),
            ("fill_down", "Fill down", "Repeat the price above in the rows selected (Ctrl+D).", view.fill_down),
        )  # fmt: skip

    # Following the document.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind is not None:
            before, self._behind = self._behind, None
            self._follow(before, self._document.project)
        if not self._document.is_at_rest:
            self._show_cursor(self._document.cursor_day)

    def _follow(self, before: Project, after: Project) -> None:
        if not self.isVisible():
            self._behind = self._behind or before
            return
        self._is_following = True
        column = self.view.currentIndex().column()
        only_values = self.model.follow(before, after)
        if only_values:
            self.repaint_cells()
        elif (row := self._row_of_cursor()) is not None:
            self.view.doItemsLayout()  # or the scroll bar still ends with the rows that were there before
            self._show_window_start(self._document.cursor_day)
            go_to(self.view, self.model.index(row, max(column, QUOTED)))
        self._is_following = False
        if before.issuer is not after.issuer and before.prices is not after.prices:
            self._show_cursor(None)  # no single edit touches both: another document was loaded
        if before.prices is not after.prices:
            self.status.say("")  # what was said of the prices before this edit
            self.tools.refresh()
            self._show_state()
        elif before.issuer.splits != after.issuer.splits:
            self.tools.refresh()

    def _show_another_note(self) -> None:
        """The prices that the note reads, if the document has them."""
        project, wanted = self._document.project, self._document.note.conversion.rule.series
        kinds = [series.kind for series in project.prices]
        if wanted in kinds and self.model.series.kind is not wanted:
            self.model.show_series(kinds.index(wanted))
            self.tools.refresh()
        self._follow(project, project)

    def _wake(self) -> None:
        if self.isVisible():
            self._show_cursor(self._document.cursor_day)
            self.repaint_cells()

    def repaint_cells(self) -> None:
        """Ask for the visible cells anew, and no others."""
        first = max(0, self.view.rowAt(0))
        last = self.view.rowAt(self.view.viewport().height() - 1)
        last = self.model.rowCount() - 1 if last < 0 else last
        self.model.dataChanged.emit(
            self.model.index(first, 0), self.model.index(last, self.model.columnCount() - 1)
        )

    def _show_state(self) -> None:
        """The series column only where it says something; a hint where there is nothing."""
        hidden = not self.model.has_tags and not self.view.shown_by_user(TAG)
        if self.view.isColumnHidden(TAG) is not hidden:
            self.view.setColumnHidden(TAG, hidden)
        if not self.model.series.bars:
            self.status.say(NO_PRICES)
        elif self.status.text() == NO_PRICES:
            self.status.say("")

    # The cursor.

    def _look_at_row(self, current: QModelIndex, previous: QModelIndex) -> None:
        if (
            not self._is_following
            and not self.view.is_arriving
            and current.isValid()
            and current.row() != previous.row()
        ):
            self._is_following = True
            self._document.move_cursor(self.model.day(current.row()))
            self._is_following = False

    def _show_cursor(self, _day: object) -> None:
        if not self.isVisible():
            return
        self.model.look_at_window()
        self.view.viewport().update()
        row = self._row_of_cursor()
        if row is None or self._is_following:
            return
        self._is_following = True
        here = self.view.currentIndex()
        if here.row() != row:
            self._show_window_start(self._document.cursor_day)
            go_to(self.view, self.model.index(row, max(here.column(), QUOTED)))
        self._is_following = False

    def _row_of_cursor(self) -> int | None:
        """The row of the cursor's day; of a day after the rows, the last row with a price."""
        day, bars = self._document.cursor_day, self.model.series.bars
        row = self.model.row_of(day)
        is_after = row is None and bool(bars) and day > bars[-1].date
        return self.model.row_of(bars[-1].date) if is_after else row

    def _show_window_start(self, day: date) -> None:
        """Bring the first day of the look-back into view, so that the row after it comes with its window."""
        window = self._document.results.quote(day).price.window
        row = self.model.row_of(window[0].date) if window else None
        if row is not None:
            self.view.scrollTo(self.model.index(row, DAY))

    # Pasting.

    def paste_text(self, row: int, column: int, text: str) -> None:
        """Paste a text as Ctrl+V does."""
        self._paste(row, column, text, {})

    def _paste(self, row: int, column: int, text: str, answers: dict[str, str]) -> None:
        from notemodeler.ui.tables.price_paste import paste_prices

        self._tell(paste_prices(self.model, row, column, text, answers), row, column, text)

    def _tell(self, pasted: Pasted, row: int, column: int, text: str) -> None:
        if pasted.needs_preview:
            self.preview_wanted.emit("pasted prices", text)
            return
        if (question := pasted.question) is not None:
            choices = [
                (words, lambda key=key: self._paste(row, column, text, {question.id: key}))
                for key, words in question.options
            ]
            self.status.offer(question.sentence, choices)
        elif pasted.has_more:
            show = ("show", lambda: self.preview_wanted.emit("pasted prices", text))
            self.status.offer(pasted.sentence, [show], pasted.is_refusal)
        else:
            self.status.say(pasted.sentence, pasted.is_refusal)
