"""The line above the form that counts errors and warnings, leads to the next and lists them all."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from notemodeler.domain.issues import Issue, Severity
from notemodeler.ui.forms.marks import WORDS, colour, paint_icon, shade
from notemodeler.ui.theme import Theme

CLEAR = "No errors or warnings in the terms"
MARGIN = 12


def summary(issues: Sequence[Issue]) -> str:
    """`2 errors, 1 warning`; notes are not counted."""
    counts = []
    for severity in (Severity.ERROR, Severity.WARNING):
        count = sum(issue.severity is severity for issue in issues)
        if count:
            counts.append(f"{count} {severity.value}{'' if count == 1 else 's'}")
    return ", ".join(counts) or CLEAR


class IssueBar(QAbstractButton):
    """A press goes to the next issue; Down or the mark at the right end lists them."""

    chosen = Signal(object)
    """The `Issue` to go to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._next = 0
        self._menu: QMenu | None = None
        self.issues: tuple[Issue, ...] = ()
        self.setObjectName("issues")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("Go to the next error or warning; the arrow lists them all")
        self.clicked.connect(self.go_to_next)
        self._tell()

    def show_issues(self, issues: Sequence[Issue]) -> None:
        """Count the issues, errors before warnings; notes are left out."""
        counted = [issue for issue in issues if issue.severity is not Severity.NOTE]
        ordered = tuple(sorted(counted, key=lambda issue: not issue.is_error))
        if ordered != self.issues:
            self.issues, self._next = ordered, 0
            self._tell()

    def _tell(self) -> None:
        self.setText(summary(self.issues))
        self.setEnabled(bool(self.issues))
        self.setAccessibleName(f"Issues: {self.text()}")
        self.setAccessibleDescription(" ".join(issue.text for issue in self.issues))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def go_to_next(self) -> None:
        """Choose the next issue, the first again after the last."""
        if self.issues:
            issue = self.issues[self._next]
            self._next = (self._next + 1) % len(self.issues)
            self.chosen.emit(issue)

    def menu(self) -> QMenu:
        """The list of all issues; choosing one goes to it."""
        if self._menu is None:
            self._menu = QMenu(self)
        self._menu.clear()
        for issue in self.issues:
            text = f"{WORDS[issue.severity]}: {issue.text}".replace("&", "&&")
            action = self._menu.addAction(text)
            action.triggered.connect(lambda _=False, which=issue: self.chosen.emit(which))
        return self._menu

    def open_list(self) -> None:
        self.menu().popup(self.mapToGlobal(QPoint(0, self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.issues:
            self.open_list()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (
            self.issues
            and event.position().x() > self.width() - MARGIN - self.fontMetrics().height()
        ):
            self.open_list()
        else:
            super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * MARGIN + 3 * metrics.height()
        return QSize(width, metrics.height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = self.palette()
        severity = self.issues[0].severity if self.issues else None
        ground = (
            shade(self._theme, severity) if severity else colours.color(QPalette.ColorRole.Window)
        )
        painter.fillRect(self.rect(), ground)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(self._theme.outline))
        self._paint_words(painter, severity, ground)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_words(self, painter: QPainter, severity: Severity | None, ground: QColor) -> None:
        metrics, left = self.fontMetrics(), MARGIN
        ink = QColor(self._theme.muted)
        if severity:
            side = round(metrics.ascent() * 0.95)
            box = QRect(left, (self.height() - side) // 2, side, side)
            paint_icon(painter, box, severity, self._theme, ground)
            left += side + 6
            ink = colour(self._theme, severity)
            self._paint_arrow(painter, ink)
        painter.setPen(ink)
        box = QRect(left, 0, self.width() - left - MARGIN, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _paint_arrow(self, painter: QPainter, ink: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1.6))
        x, y = self.width() - MARGIN - 5, self.height() / 2
        tip = QPointF(x, y + 2.5)
        painter.drawLine(QPointF(x - 4.5, y - 2), tip)
        painter.drawLine(tip, QPointF(x + 4.5, y - 2))
