"""The face of a term that is a small table: one line a row, and a press opens the table under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from notemodeler.domain.issues import Severity
from notemodeler.domain.terms import Field
from notemodeler.ui.forms.folding import NONE
from notemodeler.ui.forms.line_editor import HELP_KEYS, LineEditor, Listener
from notemodeler.ui.forms.marks import colour, paint_border
from notemodeler.ui.forms.row_words import row_words

if TYPE_CHECKING:
    from notemodeler.ui.forms.rows_drawer import RowsDrawer

MOST_LINES = 6
INSET, PAD = 6, 4


class RowsBox(QAbstractButton):
    """What the rows say, to read. Enter, Space or a click opens the table; F2 types them as one line."""

    def __init__(self, field: Field, listener: Listener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.value: tuple[Any, ...] = ()
        self.drawer: RowsDrawer | None = None
        self.line: RowsLine | None = None
        self._listener = listener
        self._severity: Severity | None = None
        self._lines: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda: listener.rows_asked(field.name))

    @property
    def unread(self) -> bool:
        return self.line is not None and self.line.unread

    def show_value(self, value: Any) -> None:
        """Show the rows; a text that was being typed is gone."""
        self.value = value
        self._drop_line()
        style = self._listener.style_of_numbers
        words = [row_words(row, style) for row in value]
        self.setText("; ".join(words) or NONE)
        self.setToolTip("\n".join((self.field.term.help, *words)))
        self._take_lines()

    def _take_lines(self) -> None:
        style, count = self._listener.style_of_numbers, len(self.value)
        if not self.value:
            self._lines = [NONE]
        elif self.drawer is not None:
            self._lines = [f"{count} row" + "s" * (count != 1)]
        elif count <= MOST_LINES:
            self._lines = [row_words(row, style) for row in self.value]
        else:
            first = [row_words(row, style) for row in self.value[: MOST_LINES - 1]]
            self._lines = [*first, f"and {count - len(first)} more"]
        self.updateGeometry()
        self.update()

    def take_drawer(self, drawer: RowsDrawer | None) -> None:
        """The table under the box has been opened, or closed."""
        self.drawer = drawer
        self._take_lines()

    def mark(self, severity: Severity | None) -> None:
        if self.line is not None:
            self.line.mark(severity)
        if severity is not self._severity:
            self._severity = severity
            self.update()

    def fit_marks(self) -> None:
        """What is painted is measured as it is painted."""

    def hint(self) -> str:
        """Rows can be read in one way only."""
        return ""

    # The rows as one line of text.

    def open_line(self) -> None:
        """Let the rows be typed as one line of cells."""
        if self.line is None:
            self.line = RowsLine(self.field, self._listener, self)
            self.line.show_value(self.value)
            self.line.setGeometry(self.rect())
            self.setFocusProxy(self.line)
            self.line.show()
            self._listener.rows_moved()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def close_line(self) -> None:
        """Show the rows again, as the document has them."""
        if self.line is not None and not self.line.unread:
            self.show_value(self.line.value)
            self._listener.rows_moved()

    def _drop_line(self) -> None:
        line, self.line = self.line, None
        if line is None:
            return
        self.setFocusProxy(None)  # type: ignore[arg-type]  # the stubs forget that None takes it away
        if line.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        line.hide()
        line.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.line is not None:
            self.line.setGeometry(self.rect())

    # Keys and looks.

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._listener.entered(self.field.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key is Qt.Key.Key_F2:
            self.open_line()
        elif key in HELP_KEYS:
            self._listener.help_asked(self.field.name)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        lines = 1 if self.line is not None else max(1, len(self._lines))
        return QSize(120, lines * self.fontMetrics().height() + 2 * PAD)

    def fitted(self, label: QRect, editor: QRect) -> QRect:
        """Where the box goes: in the editor's place, or under the label if its lines need the whole width."""
        metrics, place = self.fontMetrics(), QRect(editor)
        longest = max(map(metrics.horizontalAdvance, self._lines), default=0)
        first = metrics.horizontalAdvance(f"{self._lines[0]} {self._offer()}") if self._lines else 0
        if max(longest, first + INSET) + 2 * INSET > editor.width() and self.line is None:
            place.setLeft(label.left())
            place.moveTop(max(label.bottom() + 1, editor.top()))
        place.setHeight(max(editor.height(), self.sizeHint().height()))
        return place

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = self.palette(), QPainter(self)
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), colours.color(QPalette.ColorRole.Base))
        self._paint_border(painter)
        line = QRect(INSET, PAD, self.width() - 2 * INSET, self.fontMetrics().height())
        line.moveTop(max(1, (self.height() - len(self._lines) * line.height()) // 2))
        offer = self._offer()
        painter.setPen(colours.color(QPalette.ColorRole.Link))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, offer)
        room = line.width() - self.fontMetrics().horizontalAdvance(offer) - INSET
        ink = QPalette.ColorRole.Text if self.value else QPalette.ColorRole.PlaceholderText
        painter.setPen(colours.color(ink))
        for place, words in enumerate(self._lines):
            wide = room if place == 0 else line.width()
            shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(
                line.translated(0, place * line.height()), Qt.AlignmentFlag.AlignLeft, shown
            )
        painter.end()

    def _offer(self) -> str:
        if self.drawer is not None:
            return "Done"
        return "Edit…" if self.value else "Add…"

    def _paint_border(self, painter: QPainter) -> None:
        colours = self.palette()
        if self._severity:
            paint_border(self, painter, colour(self._listener.theme, self._severity), 2)
        elif self.hasFocus():
            paint_border(self, painter, colours.color(QPalette.ColorRole.Highlight), 2)
        else:
            paint_border(self, painter, colours.color(QPalette.ColorRole.Mid), 1)


class RowsLine(LineEditor):
    """All rows as one text, cells parted by `|` and rows by `;`. Enter or leaving it shows the rows again."""

    def __init__(self, field: Field, listener: Listener, box: RowsBox) -> None:
        super().__init__(field, listener, box)
        self._box = box
        self.setObjectName(f"{field.name}.text")
        self.setAccessibleName(f"{box.accessibleName()} as text")
        self.setToolTip("Cells parted by |, rows by ;")

    def _settle(self) -> None:
        super()._settle()
        self._box.close_line()

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._listener.text_dropped(self.field.name)
            return True
        return super()._take_key(event)
