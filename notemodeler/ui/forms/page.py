"""The sheet on which the rows of the form stand: sections with heads, labels beside or above the editors."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, Signal
from PySide6.QtWidgets import QWidget

from notemodeler.domain.issues import Severity
from notemodeler.domain.terms import Field
from notemodeler.ui.forms.row import Row
from notemodeler.ui.forms.section_header import SectionHeader
from notemodeler.ui.theme import Theme

LEFT, RIGHT, TOP = 18, 12, 6
ROW_GAP, GROUP_GAP, COLUMN_GAP = 5, 12, 10
EDITOR_CHARACTERS = 20
"""Labels go above the editors when beside them fewer characters than this would be seen."""


class Section:
    """The rows of one group under their head."""

    def __init__(self, group: str, header: SectionHeader) -> None:
        self.group = group
        self.header = header
        self.rows: list[Row] = []

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The terms of the section; asked for when all its rows are there."""
        return tuple(row.field for row in self.rows)

    @property
    def applies(self) -> bool:
        return any(row.applies for row in self.rows)

    @property
    def worst(self) -> Row | None:
        """The first row with an error, else with a warning, if there is one."""
        marked = [row for row in self.rows if row.applies and row.severity]
        return min(marked, key=lambda row: row.severity is not Severity.ERROR, default=None)


class Page(QWidget):
    """Rows in reading order under the heads of their groups. `arrange` is the whole layout."""

    toggled = Signal(str, bool)
    """The user opened (True) or closed the section of that group."""
    help_asked = Signal(str)
    """The group about whose section the user asks."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, folds: bool = False) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.sections: dict[str, Section] = {}
        self._theme = theme
        self._folds = folds
        self._measures = (0, 0, 0)

    def add(self, row: Row) -> None:
        """Put a row into the section of its group."""
        group = row.field.term.group
        if group not in self.sections:
            self.sections[group] = Section(group, self._make_header(group))
        self.sections[group].rows.append(row)
        self.rows.append(row)

    def _make_header(self, group: str) -> SectionHeader:
        header = SectionHeader(group, self._theme, self, folds=self._folds)
        header.clicked.connect(lambda is_open: self.toggled.emit(group, is_open))
        header.help_asked.connect(lambda: self.help_asked.emit(group))
        return header

    def measure(self) -> None:
        """Take the widths and heights that follow from the font."""
        metrics = self.fontMetrics()
        labels = max(metrics.horizontalAdvance(row.field.term.label) for row in self.rows) + 2
        editors = metrics.averageCharWidth() * EDITOR_CHARACTERS
        made = [row.editor for row in self.rows if row.is_made]
        height = made[0].sizeHint().height() if made else 0
        self._measures = (labels, editors, max(height, metrics.height() + 8))
        for editor in made:
            editor.fit_marks()
        for section in self.sections.values():
            section.header.set_columns(LEFT, LEFT + labels + COLUMN_GAP)

    @property
    def least_width(self) -> int:
        """The width below which a label would be clipped."""
        labels, editors, _ = self._measures
        return max(labels, editors) + LEFT + RIGHT

    def chain(self) -> None:
        """Make Tab walk the sections and the rows in reading order, whenever they were made."""
        for before, after in pairwise(self._stops()):
            QWidget.setTabOrder(before, after)

    def _stops(self) -> Iterator[QWidget]:
        for section in self.sections.values():
            yield section.header
            for row in section.rows:
                yield from row.stops

    def arrange(self, width: int) -> None:
        """Place everything for a width and take the height that it needs."""
        labels, editors, line = self._measures
        if not line:
            return  # nothing has been measured yet
        room = width - LEFT - RIGHT
        beside = labels + COLUMN_GAP + editors <= room
        top, after_rows = TOP, False
        for section in self.sections.values():
            section.header.setVisible(section.applies)
            if not section.applies:
                continue
            is_open = section.header.is_open
            gap = GROUP_GAP if (after_rows or is_open) and top > TOP else 0
            top = self._place_header(section.header, top + gap, width)
            for row in section.rows:
                if row.is_seen:
                    top = self._place_row(row, top, room, beside) + ROW_GAP
            after_rows = is_open
        self.resize(width, top + RIGHT)

    def _place_header(self, header: SectionHeader, top: int, width: int) -> int:
        height = header.height_for(width)
        header.setGeometry(0, top, width, height)
        return top + height + (3 if header.is_open else 0)

    def _place_row(self, row: Row, top: int, room: int, beside: bool) -> int:
        labels, _, height = self._measures
        if beside:
            left = LEFT + labels + COLUMN_GAP
            editor = QRect(left, top, LEFT + room - left, height)
            return row.place(QRect(LEFT, top, labels, height), editor)
        above = self.fontMetrics().height() + 2
        editor = QRect(LEFT, top + above, room, height)
        return row.place(QRect(LEFT, top, room, above), editor) + 2

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for section in self.sections.values():
            section.header.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.rows:
            self.measure()
            self.arrange(self.width())
