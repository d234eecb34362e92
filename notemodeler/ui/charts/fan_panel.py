"""Fans one below the other over the same days: prices, conversion prices and shares, known and simulated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.legend import Entry, Face, Mark
from notemodeler.ui.charts.line_panel import LineFace, LinePanel
from notemodeler.ui.charts.scales import PRICES, SHARES, Scale, even_price_text
from notemodeler.ui.charts.shown import Dated, Figures, Line, Shown
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.ui.charts.fan_chart import FanChart

NAMES = ("95 %", "75 %", "median", "25 %", "5 %")
MARKS = (Mark.DOTS, Mark.DASHES, Mark.STRONG_LINE, Mark.DASHES, Mark.DOTS)
PRICE_SCALE = Scale(PRICES.ticks, PRICES.span, even_price_text)


class Fan(NamedTuple):
    """One fan: `rows` and `errors` from the highest quantile to the lowest, one figure for each day."""

    title: str
    known: Figures
    rows: tuple[Figures, ...]
    errors: tuple[Figures, ...]
    summary: str


def fan_face(name: str, title: str, purpose: str, role: str, stretch: int) -> Face:
    """The face of a chart that shows a fan in the colour of a role."""
    known = Entry("known", role, Mark.LINE, "known")
    lines = (Entry(n, role, mark, n) for n, mark in zip(NAMES, MARKS, strict=True))
    return Face(name, title, purpose, (known, *lines), stretch)


FAN_FACES = (
    LineFace(
        fan_face(
            "outlook.price", "Price of a share",
            "The known price, and bands that hold half and nine tenths of the simulated ones", "bid", 14,
        ),
        PRICE_SCALE,
    ),
    LineFace(
        fan_face(
            "outlook.conversion_price", "Conversion price",
            "The known conversion price, and bands of the simulated ones", "conversion", 12,
        ),
        PRICE_SCALE,
    ),
    LineFace(
        fan_face(
            "outlook.shares", "Shares issued", "Bands of the shares issued or outstanding", "shares", 13
        ),
        SHARES,
    ),
)  # fmt: skip


class FanPanel(LinePanel):
    """Its owner hands it days and fans, in the order of the faces."""

    picked = Signal(int, int, int)
    """The user pointed at a quantile: which fan, the place of the day, the line from the highest down."""

    charts: tuple[FanChart, ...]

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("outlook.fans", "What may come", FAN_FACES, desk, theme, parent)
        self._errors: Sequence[tuple[Figures, ...]] = [()] * len(FAN_FACES)

    def make_charts(self) -> None:
        from notemodeler.ui.charts.fan_chart import FanChart

        last = len(self.frames) - 1
        self.charts = tuple(
            FanChart(
                frame, self.desk, self.theme, each.scale,
                lambda place, line, at=at: self.picked.emit(at, place, line),
                shows_dates=at == last,
            )
            for at, (frame, each) in enumerate(zip(self.frames, self._faces, strict=True))
        )  # fmt: skip

    def show_fans(
        self, days: Sequence[date], known_until: date, fans: Sequence[Fan], title: str, source: str
    ) -> None:
        """Take other fans; `known_until` is the last day of the known past, named over the first chart."""
        self.source = source
        self._errors = [fan.errors for fan in fans]
        shown = []
        for at, (fan, face) in enumerate(zip(fans, FAN_FACES, strict=True)):
            self.frames[at].set_title(fan.title)
            shown.append(_shown(fan, face.face, known_until, is_first=at == 0))
        self.show_figures(days, shown, title)

    def show_message(self, message: str) -> None:
        """Nothing but a reason why there is nothing."""
        self._errors = [()] * len(FAN_FACES)
        self.show_figures((), [Shown((), message=message)] * len(FAN_FACES), self.title)

    def refresh(self) -> None:
        self.is_stale = False
        self.desk.set_days(self._days)
        for chart, shown, errors in zip(self.charts, self._shown, self._errors, strict=True):
            chart.show_fan(shown, errors)
        self._draw()
        self.show_cursor()

    @property
    def heading(self) -> tuple[str, str]:
        return self.title, self.source

    def set_old(self, is_old: bool) -> None:
        """Veil figures that no longer hold, or show that they do."""
        for chart in self.charts:
            chart.set_old(is_old)


def _shown(fan: Fan, face: Face, known_until: date, *, is_first: bool) -> Shown:
    known, *quantiles = face.entries
    lines = [Line(known, fan.known, f"{fan.title}, known")]
    for entry, row in zip(quantiles, fan.rows, strict=True):
        lines.append(Line(entry, row, f"{fan.title}, {entry.label}"))
    from notemodeler.domain.dates import show_date

    events = (Dated(known_until, f"as of {show_date(known_until)}", "text"),) if is_first else ()
    return Shown(tuple(lines), events, "", fan.summary, known_until)
