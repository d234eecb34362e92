"""From trading days and values to points of a plot and back."""

from dataclasses import dataclass
from math import inf, log, log10

from PySide6.QtCore import QLineF, QPointF, QRectF


@dataclass(frozen=True, slots=True)
class Plane:
    """The rectangle of a plot in pixels with the days and the values at its edges.

    `low` and `high` are in the units of the plot's scale, which are logarithms where `is_log`; a value
    is then a plain one and is put on the scale here. A plot may also hand in logarithms as its values.
    """

    rect: QRectF
    first: float
    last: float
    low: float
    high: float
    is_log: bool = False

    def x(self, place: float) -> float:
        return (
            self.rect.left() + (place - self.first) / (self.last - self.first) * self.rect.width()
        )

    def y(self, value: float) -> float:
        return self.level(self.on_scale(value))

    def level(self, unit: float) -> float:
        """The pixel row of a unit of the scale."""
        return self.rect.bottom() - (unit - self.low) / (self.high - self.low) * self.rect.height()

    def on_scale(self, value: float) -> float:
        """A value in the units of the scale; what has no logarithm lies under everything."""
        if not self.is_log:
            return value
        return log10(value) if value > 0 else -inf

    def point(self, place: float, value: float) -> QPointF:
        return QPointF(self.x(place), self.y(value))

    def place_at(self, x: float) -> float:
        """The x axis value under a pixel column."""
        return self.first + (x - self.rect.left()) / self.rect.width() * (self.last - self.first)

    def value_at(self, y: float) -> float:
        """The value under a pixel row."""
        unit = self.low + (self.rect.bottom() - y) / self.rect.height() * (self.high - self.low)
        return 10.0**unit if self.is_log else unit

    @property
    def day_width(self) -> float:
        return self.rect.width() / (self.last - self.first)

    def pixel_worth(self, value: float) -> float:
        """By how much a value differs from the one a pixel higher."""
        units = (self.high - self.low) / max(1.0, self.rect.height())
        return units * value * log(10) if self.is_log else units

    def has_value(self, value: float) -> bool:
        return self.low <= self.on_scale(value) <= self.high

    def has_place(self, place: float) -> bool:
        return self.first <= place <= self.last

    def across(self, value: float) -> QLineF:
        """A line over the whole width, on a pixel row so that it is crisp."""
        return self.across_level(self.on_scale(value))

    def across_level(self, unit: float) -> QLineF:
        """The same for a unit of the scale."""
        y = round(self.level(unit)) + 0.5
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
