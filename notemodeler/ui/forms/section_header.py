"""The head of a section: a press opens or closes it; closed, it says in one line what the section holds."""

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from notemodeler.domain.issues import Severity
from notemodeler.ui.forms.marks import colour, paint_icon
from notemodeler.ui.theme import Theme

PAD, GAP = 4, 10
PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OPENING = (Qt.Key.Key_Right, Qt.Key.Key_Plus)
CLOSING = (Qt.Key.Key_Left, Qt.Key.Key_Minus)


class SectionHeader(QAbstractButton):
    """The title with a chevron before it, and the summary beside it, or under it where there is no room.

    A checkable button: checked is open. Qt has no way to tell a screen reader “expanded” of a widget
    of one's own, so the accessible name says it.
    """

    help_asked = Signal()

    def __init__(self, title: str, theme: Theme, parent: QWidget, *, folds: bool) -> None:
        super().__init__(parent)
        self.title = title
        self.summary = ""
        self.severity: Severity | None = None
        self._theme = theme
        self._folds = folds
        self._left = self._column = 0
        self._bold = QFont()
        self.setObjectName(f"section {title}")
        self.setCheckable(folds)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if folds else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, folds)
        self._take_font()
        self._name()

    @property
    def is_open(self) -> bool:
        return self.isChecked() or not self._folds

    def tell(self, *, is_open: bool, summary: str, severity: Severity | None) -> bool:
        """Show the state and what a closed section holds, or what is wrong in it; True if it moves others."""
        if (is_open, summary, severity) == (self.isChecked(), self.summary, self.severity):
            return False
        before = self.height_for(self.width())
        if self._folds:
            self.setChecked(is_open)
        self.summary, self.severity = summary, severity
        self._name()
        self.update()
        return before != self.height_for(self.width())

    def _name(self) -> None:
        state = f", {'open' if self.is_open else 'closed'}" if self._folds else ""
        self.setAccessibleName(self.title + state)
        self.setAccessibleDescription("" if self.is_open else self.summary)
        self.setToolTip("" if self.is_open else self.summary)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_columns(self, left: int, column: int) -> None:
        """Where titles begin and where the editors do: the summary lines up with these if it can."""
        self._left, self._column = left, column

    def height_for(self, width: int) -> int:
        """Pixels: two lines where the summary does not fit beside the title."""
        line = self._metrics.height()
        return line + 2 * PAD + (0 if self._fits_beside(width) else line + 1)

    def _fits_beside(self, width: int) -> bool:
        if self.is_open or not self.summary:
            return True
        start = self._summary_left()
        return start + self._words_width() <= width - GAP

    def _summary_left(self) -> int:
        return max(self._column, self._left + self._metrics.horizontalAdvance(self.title) + GAP)

    def _words_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.summary) + self._icon_room()

    def _icon_room(self) -> int:
        return self.fontMetrics().height() + 2 if self.severity else 0

    def _take_font(self) -> None:
        self._bold = QFont(self.font())
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetrics(self._bold)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._take_font()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        turning = CLOSING if self.is_open else OPENING
        if key in (*PRESSING, *turning):
            self.click()
        elif key in (Qt.Key.Key_F1, Qt.Key.Key_Question):
            self.help_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        line = QRect(self._left, PAD, self.width() - self._left - GAP, self._metrics.height())
        painter.setFont(self._bold)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self.title)
        if self._folds:
            self._paint_chevron(painter, line)
        if self.is_open:
            self._paint_rule(painter, line)
        else:
            self._paint_summary(painter, line)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        box = self.rect().adjusted(2, 0, -3, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._folds and self.underMouse():
            ground = QColor(self._theme.outline)
            ground.setAlpha(90)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 3, 3)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, 0), 3, 3)

    def _paint_chevron(self, painter: QPainter, line: QRect) -> None:
        painter.setPen(QPen(QColor(self._theme.muted), 1.6))
        x, y, far = self._left / 2 + 1.0, line.center().y() + 1.0, 3.5
        half = far / 2
        if self.is_open:
            tip, ends = QPointF(x, y + half), ((-far, -half), (far, -half))
        else:
            tip, ends = QPointF(x + half, y), ((-half, -far), (-half, far))
        for across, down in ends:
            painter.drawLine(QPointF(x + across, y + down), tip)

    def _paint_rule(self, painter: QPainter, line: QRect) -> None:
        start = self._left + self._metrics.horizontalAdvance(self.title) + 8
        middle = line.center().y() + 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(QRect(start, middle, line.right() - start, 1), QColor(self._theme.outline))

    def _paint_summary(self, painter: QPainter, line: QRect) -> None:
        if self._fits_beside(self.width()):
            box = QRect(self._summary_left(), line.top(), 0, line.height())
        else:
            box = line.translated(0, line.height() + 1)
        box.setRight(line.right())
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.muted))
        if self.severity:
            side = round(self.fontMetrics().ascent() * 0.95)
            icon = QRect(box.left(), box.top() + (box.height() - side) // 2, side, side)
            paint_icon(painter, icon, self.severity, self._theme, QColor(self._theme.window))
            painter.setPen(colour(self._theme, self.severity))
            box.setLeft(box.left() + self._icon_room())
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.summary, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
