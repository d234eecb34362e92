"""The schedule tab: rows on the days of the user's choice over a line of sums that stays in sight."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from notemodeler.domain.numbers import Style
from notemodeler.domain.row_dates import RowDates
from notemodeler.ui.document import Document
from notemodeler.ui.tables.part import TablePart
from notemodeler.ui.tables.record_table import trading_day
from notemodeler.ui.tables.schedule_model import ScheduleModel, TotalsModel
from notemodeler.ui.tables.status_line import StatusLine
from notemodeler.ui.tables.view import GridView
from notemodeler.ui.theme import Theme


class ScheduleTable(TablePart):
    """The schedule to read and to copy; it is worked out only while it can be seen."""

    model: ScheduleModel

    row_dates_changed = Signal(object)
    """The `RowDates` that the user chose."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedule")
        self._document = document
        self.model = ScheduleModel(document, theme, self)
        self.view = GridView(self.model, "schedule.table", "Schedule", self)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.stack_headings()
        self.totals_model = TotalsModel(self.model, self)
        self.totals = self._footer()
        self.rows_choice = self._choice()
        self.status = StatusLine(theme, self)
        self._is_stale = self._needs_fitting = True
        self._lay_out()
        self._connect()

    def _choice(self) -> QComboBox:
        choice = QComboBox(self)
        choice.setObjectName("schedule.rows")
        choice.setAccessibleName("Rows of the schedule")
        choice.setToolTip("Which days have a row besides the events. It never changes a balance.")
        choice.addItems([each.label for each in RowDates])
        choice.activated.connect(lambda place: self.set_row_dates(list(RowDates)[place]))
        return choice

    def _footer(self) -> QTableView:
        """The sums, in a table of one row whose columns follow those above."""
        footer = QTableView(self)
        footer.setObjectName("schedule.sums")
        footer.setAccessibleName("Sums of the schedule")
        footer.setModel(self.totals_model)
        footer.horizontalHeader().hide()
        footer.verticalHeader().hide()
        footer.setFrameShape(QFrame.Shape.NoFrame)
        footer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        footer.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        footer.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        footer.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        footer.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = footer.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.view.verticalHeader().defaultSectionSize())
        footer.setFixedHeight(rows.defaultSectionSize() + 1)
        return footer

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(4, 3, 4, 3)
        label = QLabel("&Rows:", self)
        label.setBuddy(self.rows_choice)
        copy = QToolButton(self)
        copy.setObjectName("schedule.copy")
        copy.setText("Copy all")
        copy.setAccessibleName("Copy the schedule with headings")
        copy.setToolTip("Copy the whole schedule with its headings.")
        copy.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        copy.clicked.connect(lambda: self.copy_all())
        for widget in (label, self.rows_choice, copy):
            tools.addWidget(widget)
        tools.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.view, 1)
        column.addWidget(self.totals)
        column.addWidget(self.status)

    def _connect(self) -> None:
        heads, foot = self.view.horizontalHeader(), self.totals.horizontalHeader()
        for place in range(self.model.columnCount()):
            foot.resizeSection(place, heads.sectionSize(place))
        heads.sectionResized.connect(lambda place, _old, new: self._follow_width(place, new))
        above, below = self.view.horizontalScrollBar(), self.totals.horizontalScrollBar()
        above.valueChanged.connect(below.setValue)
        above.rangeChanged.connect(lambda _least, _most: below.setValue(above.value()))
        self.view.verticalScrollBar().installEventFilter(self)
        self.model.said.connect(self.status.say)
        self.view.selectionModel().currentChanged.connect(self._look_at_row)
        self._document.changed.connect(self._follow)
        self._document.note_selected.connect(self._follow)

    def _follow_width(self, place: int, width: int) -> None:
        self.totals.setColumnHidden(place, width == 0)
        if width:
            self.totals.setColumnWidth(place, width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The sums end where the table's scroll bar begins, so that both scroll alike.
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            bar = self.view.verticalScrollBar()
            shown = event.type() is QEvent.Type.Show
            self.totals.setViewportMargins(0, 0, bar.sizeHint().width() if shown else 0, 0)
        return super().eventFilter(watched, event)

    # What the window calls.

    def set_style(self, style: Style) -> None:
        super().set_style(style)
        self.totals.viewport().update()

    @property
    def row_dates(self) -> RowDates:
        return self.model.row_dates

    def set_row_dates(self, rows: RowDates) -> None:
        """Choose the days that have a row."""
        if rows is self.model.row_dates:
            return
        self.model.row_dates = rows
        self.rows_choice.setCurrentIndex(list(RowDates).index(rows))
        self._is_stale = self._needs_fitting = True
        if self.isVisible():
            self.refresh()
        self.row_dates_changed.emit(rows)

    def copy_all(self) -> None:
        self.view.selectAll()
        self.view.copy(with_headings=True)

    def refresh(self) -> None:
        """Work the schedule out and show it."""
        self._is_stale = False
        count = self.model.rowCount()
        self.model.refresh()
        if self._needs_fitting:
            self._needs_fitting = False
            self.view.fit_columns()
        self._hide_idle_columns()
        if count == self.model.rowCount():
            self.view.viewport().update()
        self.totals.viewport().update()

    # Following the document.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _follow(self, _what: object = None, _after: object = None) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def _hide_idle_columns(self) -> None:
        """Columns of nothing but zeros make room for the others, unless the user asked for them."""
        for place in range(self.model.columnCount()):
            said = self.view.shown_by_user(place)
            hidden = self.model.is_idle(place) if said is None else not said
            if self.view.isColumnHidden(place) is not hidden:
                self.view.setColumnHidden(place, hidden)

    def _look_at_row(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and current.row() != previous.row() and not self.view.is_arriving:
            day = self.model.rows[current.row()].date
            self._document.move_cursor(trading_day(self._document, day))
