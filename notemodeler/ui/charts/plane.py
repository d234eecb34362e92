"""From trading days and values to points of a plot and back."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF


@dataclass(frozen=True, slots=True)
class Plane:
    """The rectangle of a plot in pixels with the days and the values at its edges.

    Values are what the plot shows: logarithms on a log scale.
    """

    rect: QRectF
    first: float
    last: float
    low: float
    high: float

    def x(self, place: float) -> float:
        return (
            self.rect.left() + (place - self.first) / (self.last - self.first) * self.rect.width()
        )

    def y(self, value: float) -> float:
        return self.rect.bottom() - (value - self.low) / (self.high - self.low) * self.rect.height()

    def point(self, place: float, value: float) -> QPointF:
        return QPointF(self.x(place), self.y(value))

    def place_at(self, x: float) -> float:
        """The x axis value under a pixel column."""
        return self.first + (x - self.rect.left()) / self.rect.width() * (self.last - self.first)

    def value_at(self, y: float) -> float:
        """The value under a pixel row."""
        return self.low + (self.rect.bottom() - y) / self.rect.height() * (self.high - self.low)

    @property
    def day_width(self) -> float:
        return self.rect.width() / (self.last - self.first)

    @property
    def value_per_pixel(self) -> float:
        return (self.high - self.low) / max(1.0, self.rect.height())

    def has_value(self, value: float) -> bool:
        return self.low <= value <= self.high

    def has_place(self, place: float) -> bool:
        return self.first <= place <= self.last

    def across(self, value: float) -> QLineF:
        """A line over the whole width, on a pixel row so that it is crisp."""
        y = round(self.y(value)) + 0.5
        return QLineF(self.rect.left(), y, self.rect.right(), y)

    def down(self, place: float) -> QLineF:
        """A line over the whole height, on a pixel column."""
        x = round(self.x(place)) + 0.5
        return QLineF(x, self.rect.top(), x, self.rect.bottom())

    def band(self, first: float, last: float) -> QRectF:
        """The columns from `first` to `last` as far as they are in sight, empty if they are not."""
        left = max(self.rect.left(), self.x(first))
        right = min(self.rect.right(), self.x(last))
        return QRectF(left, self.rect.top(), max(0.0, right - left), self.rect.height())
