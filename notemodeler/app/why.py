"""Why the conversion price of a day is what it is: the whole explanation as plain text in pieces."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from notemodeler.app.results import Results
from notemodeler.app.why_figures import Line, Section, balance, conversion, ownership
from notemodeler.domain.dates import WEEKDAYS, show_date
from notemodeler.domain.issues import Issue
from notemodeler.domain.kinds import decimals_of
from notemodeler.domain.numbers import FORM, show_decimal
from notemodeler.domain.rule import Statistic
from notemodeler.engines.pricing.finding import PriceFinding, WindowDay
from notemodeler.engines.quote import Quote
from notemodeler.engines.words import counted, price_text

UNNUMBERED = (Statistic.MEAN, Statistic.LAST)
QUALIFIES = "•"


class WindowRow(NamedTuple):
    """One day of the look-back. `mark` is empty for a price that does not qualify, else 1 for the
    lowest, 2 for the next; `gap` says why there is no price; `quoted` is the price as it stands in the
    table, where a split since has restated it.
    """

    day: date
    date: str
    price: str
    mark: str = ""
    gap: str = ""
    quoted: str = ""


class WindowTable(NamedTuple):
    """A look-back day by day under its heading."""

    title: str
    rows: tuple[WindowRow, ...]


@dataclass(frozen=True)
class Why:
    """An explanation of one day. `price` is a dash and the sections are short where an error forbids figures."""

    day: date
    title: str
    date: str
    price: str
    clause: str
    issues: tuple[Issue, ...]
    windows: tuple[WindowTable, ...]
    """The look-back before the notice, and a second window if the rule has one; those with days."""
    sections: tuple[Section, ...]
    """Arithmetic, balance, conversion of the whole balance, ownership limit: those that have a figure."""

    @property
    def window(self) -> tuple[WindowRow, ...]:
        """The days of the first look-back."""
        return self.windows[0].rows if self.windows else ()

    def section(self, title: str) -> Section | None:
        return next((each for each in self.sections if each.title == title), None)


def explain(results: Results, day: date) -> Why:
    """Why the conversion price on the day is what it is, for a notice of conversion given that day."""
    quote = results.quote(day)
    finding = quote.price
    price = "—" if finding.conversion_price is None else price_text(finding.conversion_price)
    return Why(
        day,
        _title(results),
        show_day(day),
        price,
        f"The holder converts at {results.clause}.",
        tuple({issue.text: issue for issue in quote.issues}.values()),
        tuple(_windows(results, finding)),
        tuple(each for each in _sections(results, quote) if each.lines),
    )


def show_day(day: date) -> str:
    """`Thu, Aug 1, 2019`."""
    return f"{WEEKDAYS[day.weekday()]}, {show_date(day)}"


def trading_day_beside(results: Results, day: date, count: int) -> date | None:
    """The trading day `count` places after the day, before it when negative; None past the calendar's end."""
    try:
        calendar = results.market.calendar
        if count > 0 and not calendar.is_trading_day(day):
            count -= 1
        return calendar.shifted(day, count)
    except ValueError:
        return None


def _title(results: Results) -> str:
    note = results.note.title
    return f"Conversion price of {note}" if note else "Conversion price"


def _windows(results: Results, finding: PriceFinding) -> Iterator[WindowTable]:
    rule = results.note.conversion.rule
    for words, days, statistic in (
        ("Look-back", finding.window, rule.statistic),
        ("Second window", finding.second, rule.second.statistic),
    ):
        if days:
            title = f"{words} of {counted(len(days), 'trading day')}"
            yield WindowTable(title, tuple(_window_rows(results, days, statistic)))


def _window_rows(
    results: Results, days: tuple[WindowDay, ...], statistic: Statistic
) -> Iterator[WindowRow]:
    priced = [day.price for day in days if day.price is not None]
    places = max((decimals_of(price) for price in priced), default=0)
    marks = _marks(days, statistic)
    for day in days:
        shown = show_day(day.date)
        if day.price is None:
            yield WindowRow(day.date, shown, "", gap=_gap(results, day))
            continue
        quoted = ""
        if day.quoted is not None and day.quoted != day.price:
            quoted = f"quoted {price_text(day.quoted)}"
        mark = marks.get(day.date, "")
        yield WindowRow(day.date, shown, _even(day.price, places), mark, quoted=quoted)


def _even(price: Decimal, places: int) -> str:
    """The price with as many decimals as its neighbours, so that they stand in line."""
    return "$" + show_decimal(price, FORM, least=max(4, places))


def _marks(days: tuple[WindowDay, ...], statistic: Statistic) -> dict[date, str]:
    qualifying = [day for day in days if day.qualifying]
    if statistic in UNNUMBERED:
        return {day.date: QUALIFIES for day in qualifying}
    ranked = sorted(qualifying, key=lambda day: (day.price, day.date))
    return {day.date: str(rank) for rank, day in enumerate(ranked, start=1)}


def _gap(results: Results, day: WindowDay) -> str:
    series = results.series
    if series is None or not series.bars:
        return "no prices yet"
    if day.date < series.dates[0]:
        return "before the first price"
    if day.date > series.dates[-1]:
        return "after the last price"
    return "nobody quoted" if day.date in series.by_date else "not recorded"


def _sections(results: Results, quote: Quote) -> Iterator[Section]:
    steps = quote.price.steps
    lines = [
        Line(step.label, price_text(step.value), step.arithmetic, total=step is steps[-1])
        for step in steps
    ]
    yield Section("Arithmetic", tuple(lines))
    yield Section("Balance on the day", tuple(balance(quote)))
    if quote.owed.total:
        yield Section("If all of it were converted", tuple(conversion(results, quote)))
        yield Section("Ownership limit", tuple(ownership(quote)))
