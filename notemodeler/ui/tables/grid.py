"""How every table looks: rows of one height, widths by characters or by content, columns to hide."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from notemodeler.domain.kinds import TEXT
from notemodeler.ui.tables.cell_editor import CellDelegate
from notemodeler.ui.tables.model import TableModel

TRIGGER = QAbstractItemView.EditTrigger
ROWS_MEASURED = 12
LEAST_TEXT, STEP = 96, 8
"""Pixels that a column of text keeps, and by how many it gives way at a time."""
ARROW_ROOM = 20
"""Pixels for the arrow of the list that a choice is made from."""


class Grid(QTableView):
    """A table view over a `TableModel`; its columns can be hidden and fitted."""

    def __init__(self, model: TableModel, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows_model = model
        self._said_of_columns: dict[int, bool] = {}
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setEditTriggers(TRIGGER.AnyKeyPressed | TRIGGER.EditKeyPressed | TRIGGER.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self._lay_out()

    def _lay_out(self) -> None:
        """Rows of one height, so that any number of them costs nothing, and widths by characters."""
        metrics = self.fontMetrics()
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setMinimumSectionSize(metrics.height() + 2)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(metrics.height() + 6)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(24)
        self._set_widths()
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads.customContextMenuRequested.connect(self._show_columns_menu)

    def _set_widths(self) -> None:
        metrics = self.fontMetrics()
        digit = metrics.horizontalAdvance("0")
        for place, column in enumerate(self.rows_model.columns):
            heading = metrics.horizontalAdvance(column.heading) + 2 * digit + 8
            self.setColumnWidth(place, max(column.width * digit + 12, heading))

    def stack_headings(self) -> None:
        """Headings of two lines, so that columns need be no wider than their figures."""
        self.rows_model.heading_flags = int(Qt.TextFlag.TextWordWrap)
        self.horizontalHeader().setFixedHeight(2 * self.fontMetrics().height() + 8)

    def fit_columns(self, *, only_wider: bool = False) -> None:
        """As wide as the figures of some rows and the longest word of the heading need."""
        model, metrics = self.rows_model, QFontMetrics(self.rows_model.bold)
        count = model.rowCount()
        rows = [*range(0, count, max(1, count // ROWS_MEASURED)), *([count - 1] if count else [])]
        for place, column in enumerate(model.columns):
            texts = [*(model.text(row, place) for row in rows), model.text_below(place)]
            wanted = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            words_to_choose = (metrics.horizontalAdvance(each.label) for each in column.choices)
            wanted = max(wanted, max(words_to_choose, default=-ARROW_ROOM) + ARROW_ROOM)
            # Half the heading fits on each of its lines, but no word of it is broken.
            words = column.heading.split()
            heading = max(metrics.horizontalAdvance(word) for word in words or [""])
            halves = metrics.horizontalAdvance(column.heading) * 6 // 10
            widest = column.width * metrics.horizontalAdvance("0")
            least = max(heading, halves)
            fitting = max(least, min(wanted, max(widest, least))) + 14
            if not only_wider or fitting > self.columnWidth(place):
                self.setColumnWidth(place, fitting)

    def make_room(self) -> None:
        """Narrow the widest columns of text until no column is out of sight, if that can be."""
        columns = self.rows_model.columns
        shown = [place for place in range(len(columns)) if not self.isColumnHidden(place)]
        texts = [place for place in shown if columns[place].kind is TEXT]
        if self.horizontalHeader().stretchLastSection() and shown and shown[-1] in texts:
            self.setColumnWidth(shown[-1], self.sizeHintForColumn(shown[-1]) + 4)
        over = sum(map(self.columnWidth, shown)) - self.viewport().width()
        widths = {place: self.columnWidth(place) for place in texts}
        while over > 0 and widths:
            widest = max(widths, key=lambda place: widths[place])
            if widths[widest] <= LEAST_TEXT:
                return
            step = min(STEP, over, widths[widest] - LEAST_TEXT)
            widths[widest] -= step
            over -= step
        for place, width in widths.items():
            self.setColumnWidth(place, width)

    def _show_columns_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_columns_menu(menu)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def fill_columns_menu(self, menu: QMenu) -> None:
        """One tick for each column."""
        for place, column in enumerate(self.rows_model.columns):
            action = menu.addAction(column.heading or column.help)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.toggled.connect(lambda shown, place=place: self.show_column(place, shown=shown))

    def show_column(self, place: int, *, shown: bool) -> None:
        """Show or hide a column because the user says so."""
        self._said_of_columns[place] = shown
        self.setColumnHidden(place, not shown)

    def shown_by_user(self, place: int) -> bool | None:
        """Whether the user asked for a column or hid it; None if nothing was said."""
        return self._said_of_columns.get(place)
