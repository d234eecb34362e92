"""What brings a step of a price rule about: when each trigger holds, its words, and what it lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, Protocol

from notemodeler.domain.dates import show_date, show_long_date
from notemodeler.domain.issuer import Issuer, StatusKind
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.domain.rule import WindowEnd
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.engines.market import Market
from notemodeler.engines.pricing.reference import PRICE_NOUNS
from notemodeler.engines.splits import new_for_old, price_carried
from notemodeler.engines.words import price_text

ONE_DAY = timedelta(days=1)


class Scene(NamedTuple):
    """What triggers look at."""

    note: Note
    issuer: Issuer
    market: Market

    @property
    def series(self) -> PriceSeries | None:
        return self.market.series_for(self.note.conversion.rule.series)

    @property
    def price_noun(self) -> str:
        return PRICE_NOUNS[self.note.conversion.rule.series]


class Span(NamedTuple):
    """Notice dates from `start` to the day before `end` (None: for good), and why, to begin a sentence."""

    start: date
    end: date | None
    because: str


class Trigger(Protocol):
    """One way in which a step comes about. A new one is a new class of this shape."""

    def spans(self, step: RuleStep, scene: Scene) -> Iterator[Span]:
        """When the step holds, in order, as the terms, the standing and the prices have it."""

    def lead(self, step: RuleStep, scene: Scene) -> str:
        """The words that begin the sentence of the step in the clause."""

    def lack(self, step: RuleStep) -> str:
        """What the step must say and does not, in words; empty if it is complete."""


class FromDate:
    """A step from a date on."""

    def spans(self, step: RuleStep, scene: Scene) -> Iterator[Span]:
        if step.from_date is not None:
            yield Span(step.from_date, None, f"From {show_date(step.from_date)}")

    def lead(self, step: RuleStep, scene: Scene) -> str:
        return f"From {show_long_date(step.from_date)}" if step.from_date else "From a date"

    def lack(self, step: RuleStep) -> str:
        return "" if step.from_date else "date"


class OnDefault:
    """A step from the day of the default on."""

    def spans(self, step: RuleStep, scene: Scene) -> Iterator[Span]:
        since = scene.note.default.default_date
        if since is not None:
            yield Span(since, None, f"Since the default on {show_date(since)}")

    def lead(self, step: RuleStep, scene: Scene) -> str:
        return "From the day of an event of default"

    def lack(self, step: RuleStep) -> str:
        return ""


class PriceFell:
    """A step for good, from the trading day after the first price below the trigger since the note's date."""

    def spans(self, step: RuleStep, scene: Scene) -> Iterator[Span]:
        calendar = scene.market.calendar
        for bar, is_below in _against(step, scene):
            if is_below and bar.date >= scene.note.issue_date:
                start = calendar.shifted(bar.date + ONE_DAY, 0)
                because = f"Since the {scene.price_noun} fell below {_trigger(step)}"
                yield Span(start, None, f"{because} on {show_date(bar.date)}")
                return

    def lead(self, step: RuleStep, scene: Scene) -> str:
        noun = scene.price_noun
        return f"From the trading day after a {noun} first falls below {_trigger(step)}"

    def lack(self, step: RuleStep) -> str:
        return "" if step.trigger_price else "price"


class PriceLow:
    """A step for every notice whose last known price, as the window ends, is below the trigger."""

    def spans(self, step: RuleStep, scene: Scene) -> Iterator[Span]:
        ends_before = scene.note.conversion.rule.window_end is WindowEnd.DAY_BEFORE
        lag = ONE_DAY if ends_before else timedelta(0)
        low: PriceBar | None = None
        for bar, is_below in _against(step, scene):
            if is_below and low is None:
                low = bar
            elif not is_below and low is not None:
                yield self._span(low, bar.date + lag, lag, step, scene)
                low = None
        if low is not None:
            yield self._span(low, None, lag, step, scene)

    def _span(
        self, low: PriceBar, end: date | None, lag: timedelta, step: RuleStep, scene: Scene
    ) -> Span:
        since = f"since {show_date(low.date)}"
        because = f"While the {scene.price_noun} is below {_trigger(step)}, {since}"
        return Span(low.date + lag, end, because)

    def lead(self, step: RuleStep, scene: Scene) -> str:
        noun = scene.price_noun
        return f"For a notice given while the last {noun} is below {_trigger(step)}"

    def lack(self, step: RuleStep) -> str:
        return "" if step.trigger_price else "price"


@dataclass(frozen=True, slots=True)
class DuringStatus:
    """A step for as long as something stands in the way of delivering or quoting the shares."""

    kind: StatusKind
    words: str

    def spans(self, step: RuleStep, scene: Scene) -> Iterator[Span]:
        for event in scene.issuer.status_events:
            if event.kind is not self.kind:
                continue
            until, end = "on", None
            if event.until_date is not None:
                until, end = f"until {show_date(event.until_date)}", event.until_date + ONE_DAY
            because = f"While {self.words}, from {show_date(event.from_date)} {until}"
            yield Span(event.from_date, end, because)

    def lead(self, step: RuleStep, scene: Scene) -> str:
        return f"While {self.words}"

    def lack(self, step: RuleStep) -> str:
        return ""


TRIGGERS: dict[StepTrigger, Trigger] = {
    StepTrigger.FROM_DATE: FromDate(),
    StepTrigger.ON_DEFAULT: OnDefault(),
    StepTrigger.PRICE_FELL: PriceFell(),
    StepTrigger.PRICE_LOW: PriceLow(),
    StepTrigger.DTC_CHILL: DuringStatus(
        StatusKind.DTC_CHILL, "the shares are subject to a DTC chill"
    ),
    StepTrigger.NO_DEPOSIT: DuringStatus(
        StatusKind.NO_DEPOSIT, "the shares are not accepted for deposit"
    ),
    StepTrigger.NOT_LISTED: DuringStatus(StatusKind.NOT_LISTED, "the shares are not quoted"),
    StepTrigger.LATE_REPORTS: DuringStatus(
        StatusKind.LATE_REPORTS, "the company is late with its reports"
    ),
}


def _trigger(step: RuleStep) -> str:
    return "a price" if step.trigger_price is None else price_text(step.trigger_price)


def _against(step: RuleStep, scene: Scene) -> Iterator[tuple[PriceBar, bool]]:
    """Every price of a trading day, and whether it is below the trigger carried to its day."""
    series, trigger = scene.series, step.trigger_price
    if series is None or trigger is None:
        return
    market, issued = scene.market, scene.note.issue_date
    limits: dict[int, Decimal] = {}
    for bar in market.quoted_on_trading_days(series):
        era = market.era(bar.date) if market.splits else 0
        if era not in limits:
            carried = price_carried(trigger, new_for_old(market.splits, issued, bar.date))
            listed = 1 / market.shares_since(series, bar.date, bar.date)
            limits[era] = price_carried(carried, listed)
        if bar.price is not None:
            yield bar, bar.price < limits[era]
