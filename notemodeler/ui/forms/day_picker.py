"""The calendar that drops from a date line: days without trading are struck out, and Today is one press away."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QPalette, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.dates import EARLIEST, LATEST


class DayPicker(QFrame):
    """A pop-up month; `picked` carries the chosen `date`."""

    picked = Signal(object)

    def __init__(
        self, calendar: Callable[[], TradingCalendar], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._calendar = calendar
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Calendar")
        self.month = QCalendarWidget(self)
        self.month.setAccessibleName("Days of the month")
        self.month.setDateRange(_qdate(EARLIEST), _qdate(LATEST))
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.today = QPushButton("Today", self)
        self.today.setAccessibleName("Today")
        self._build()
        self.month.activated.connect(self._pick)
        self.month.clicked.connect(self._pick)
        self.month.currentPageChanged.connect(self._mark_month)
        self.today.clicked.connect(lambda: self._pick(QDate.currentDate()))

    def _build(self) -> None:
        legend = QLabel("struck out: market closed", self)
        legend.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        foot = QHBoxLayout()
        foot.addWidget(legend, 1)
        foot.addWidget(self.today)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.month)
        column.addLayout(foot)

    def open_at(self, day: date | None) -> None:
        """Drop down under the parent with the day chosen."""
        self.month.setSelectedDate(_qdate(day) if day else QDate.currentDate())
        self._mark_month(self.month.yearShown(), self.month.monthShown())
        owner = self.parentWidget()
        if owner is not None:
            self.move(self._place_beside(owner))
        self.show()
        self.month.setFocus()

    def _place_beside(self, owner: QWidget) -> QPoint:
        """Under the owner, or above it where the screen ends below; never over the edge of the screen."""
        size, screen = self.sizeHint(), owner.screen().availableGeometry()
        under = owner.mapToGlobal(QPoint(0, owner.height()))
        top = under.y()
        if top + size.height() > screen.bottom():
            top = under.y() - owner.height() - size.height()
        left = min(under.x(), screen.right() - size.width())
        return QPoint(max(left, screen.left()), max(top, screen.top()))

    def _pick(self, day: QDate) -> None:
        self.close()
        self.picked.emit(date(day.year(), day.month(), day.day()))

    def _mark_month(self, year: int, month: int) -> None:
        """Strike out the closed days of the page, the days of the neighbouring months included."""
        closed, open_day, heading = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        muted = self.palette().brush(QPalette.ColorRole.PlaceholderText)
        heading.setForeground(muted)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(weekend, heading)
        closed.setForeground(muted)
        closed.setFontStrikeOut(True)
        closed.setToolTip("The market is closed")
        open_day.setForeground(self.palette().brush(QPalette.ColorRole.Text))
        first = QDate(year, month, 1).addDays(-7)
        for place in range(49):
            day = first.addDays(place)
            looks = open_day if self._trades(day) else closed
            self.month.setDateTextFormat(day, looks)

    def _trades(self, day: QDate) -> bool:
        calendar = self._calendar()
        found = date(day.year(), day.month(), day.day())
        return calendar.first <= found <= calendar.last and calendar.is_trading_day(found)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
