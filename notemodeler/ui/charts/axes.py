"""pyqtgraph axes of a fixed width whose labels are ours: no SI prefixes, no local time, one level of ticks."""

from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QFont

from notemodeler.ui.charts.ticks import Tick, money_ticks, price_ticks
from notemodeler.ui.theme import Theme

PIXELS_A_ROW, PIXELS_A_DATE = 34, 62

MakeTicks = Callable[[float, float, int], list[Tick]]


class ChartAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis that takes ticks and labels together from one function of its range."""

    def __init__(
        self, side: str, make_ticks: MakeTicks, pixels_a_label: int = PIXELS_A_ROW
    ) -> None:
        super().__init__(
            side, maxTickLength=0, showValues=True, tickTextOffset=6, autoExpandTextSpace=False,
            autoReduceTextSpace=False, hideOverlappingLabels=False,
        )  # fmt: skip
        self.make_ticks = make_ticks
        self._pixels_a_label = pixels_a_label
        self._key: tuple[float, float, int] | None = None
        self._ticks: list[Tick] = []
        self.enableAutoSIPrefix(False)

    def ticks_for(self, low: float, high: float, pixels: float) -> list[Tick]:
        """The ticks of a range; kept, as the axis and the grid ask for the same again and again."""
        key = (low, high, max(2, int(pixels / self._pixels_a_label)))
        if key != self._key:
            self._key, self._ticks = key, self.make_ticks(*key)
        return self._ticks

    def forget_ticks(self) -> None:
        """The same range may now have other labels."""
        self._key = None
        self.picture = None
        self.update()

    def tickValues(
        self,
        minVal: float,  # noqa: N803 - pyqtgraph's name
        maxVal: float,  # noqa: N803
        size: float,
    ) -> list[tuple[float, list[float]]]:
        return [(1.0, [value for value, _ in self.ticks_for(minVal, maxVal, size)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        known = dict(self._ticks)
        return [known.get(value, "") for value in values]

    def set_look(self, theme: Theme, font: QFont) -> None:
        self.setTickFont(font)
        self.setPen(theme.outline)
        self.setTextPen(theme.muted)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


class PriceAxis(ChartAxis):
    """Dollars a share with all their decimals."""

    def __init__(self, side: str = "left") -> None:
        super().__init__(side, price_ticks)


class MoneyAxis(ChartAxis):
    """Dollars."""

    def __init__(self, side: str = "left") -> None:
        super().__init__(side, money_ticks)
