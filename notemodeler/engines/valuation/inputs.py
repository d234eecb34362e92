"""The inputs of a valuation on a day, each with where it comes from."""

from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.prices import PriceSeries
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.rates import YEAR, Credit, credit_of, risk_free_rate
from notemodeler.engines.valuation.volatility import historical_volatility

PRICE_FIELD, VOLATILITY_FIELD = "valuation.share_price", "valuation.volatility"


@dataclass(frozen=True)
class Inputs:
    """What every engine of one valuation takes as given.

    `price` is in dollars a share on the day `on` and `price_date` its day, None if it was stated;
    `volatility` and `risk_free` (the continuously compounded rate of the term to maturity) are yearly
    fractions; `steps` are the trading days after `on` up to maturity. Price or volatility is None
    where an issue is an error.
    """

    on: date
    price: float | None
    price_date: date | None
    volatility: float | None
    volatility_words: str
    year_days: int
    risk_free: float
    credit: Credit
    maturity: date
    steps: tuple[date, ...]
    issues: tuple[Issue, ...]

    @property
    def years(self) -> float:
        """Calendar time to maturity (actual/365), never below zero."""
        return max(0, (self.maturity - self.on).days) / YEAR

    @property
    def day_deviation(self) -> float:
        """The deviation of the log return of one trading day."""
        return (self.volatility or 0.0) / sqrt(self.year_days)

    @property
    def is_complete(self) -> bool:
        return self.price is not None and self.volatility is not None

    def moved(self, price: float | None = None, volatility: float | None = None) -> "Inputs":
        """The inputs with another price or volatility."""
        return replace(
            self,
            price=self.price if price is None else price,
            volatility=self.volatility if volatility is None else volatility,
        )


def inputs_on(case: ValuationCase, on: date) -> Inputs:
    """The inputs of a valuation as of the end of the day.

    Raises ValueError for a day outside the trading calendar.
    """
    valuation, market, note = case.valuation, case.market, case.note
    series = market.series_for(note.conversion.rule.series)
    price, price_date, price_issues = _price(case, series, on)
    volatility, words, volatility_issues = _volatility(case, series, on)
    term = max(0, (note.maturity_date - on).days)
    after = market.calendar.shifted(on, 1 if market.calendar.is_trading_day(on) else 0)
    return Inputs(
        on,
        price,
        price_date,
        volatility,
        words,
        valuation.year_days,
        risk_free_rate(valuation.risk_free, term),
        credit_of(valuation),
        note.maturity_date,
        market.calendar.between(after, note.maturity_date),
        (*price_issues, *volatility_issues),
    )


def _price(
    case: ValuationCase, series: PriceSeries | None, on: date
) -> tuple[float | None, date | None, tuple[Issue, ...]]:
    if case.valuation.share_price is not None:
        return float(case.valuation.share_price), None, ()
    bar = case.market.last_price_by(series, on) if series else None
    if bar is None or bar.price is None:
        text = f"There is no price by {show_date(on)}: enter one, or state the share price."
        return None, None, (Issue(Severity.ERROR, text, (PRICE_FIELD,), (on,)),)
    last_day = case.market.calendar.last_through(on, 1)[0]
    if bar.date >= last_day:
        return float(bar.price), bar.date, ()
    text = f"The last price by {show_date(on)} is that of {show_date(bar.date)}."
    issue = Issue(Severity.WARNING, text, (PRICE_FIELD,), (bar.date,))
    return float(bar.price), bar.date, (issue,)


def _volatility(
    case: ValuationCase, series: PriceSeries | None, on: date
) -> tuple[float | None, str, tuple[Issue, ...]]:
    valuation = case.valuation
    if valuation.volatility is not None:
        return float(valuation.volatility), "as stated", ()
    days = valuation.volatility_days
    found = None
    if series is not None:
        found = historical_volatility(case.market, series, on, days, valuation.year_days)
    if found is None:
        text = "The price table has too few prices for a volatility: state one."
        return None, "", (Issue(Severity.ERROR, text, (VOLATILITY_FIELD,), (on,)),)
    if found.returns >= days:
        return found.yearly, found.words, ()
    text = f"The price table has only {found.returns} of the {days} returns asked for."
    return found.yearly, found.words, (Issue(Severity.NOTE, text, (VOLATILITY_FIELD,)),)
