"""Prepay or let them convert: cash to pay off against the shares that a conversion gives away, day by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.kinds import Choice
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.continuation import continued_quoter
from notemodeler.engines.prepayment import PayOff, counted_from, payoff_on
from notemodeler.engines.quote import Quote

WITHOUT_TABLE = 180
"""The days that are looked at if the note has no prepayment table."""
MOST_DAYS = 1_100
"""No table reaches further: three years of days, each with its own price."""
ONE_DAY = timedelta(days=1)


class Side(Choice):
    """What costs the company less on a day."""

    PREPAY = "prepay", "prepay"
    CONVERT = "convert", "let convert"


@dataclass(frozen=True, slots=True)
class PrepayDay:
    """One calendar day: cash that pays the note off, and what a conversion of all of it gives away.

    `shares` are those of the whole balance before any limit, `value` is what they are worth at
    `market_price`, the last one known. `is_hypothetical` before conversion opens, `is_continued`
    where the prices of the day are those of the scenario. `saving` is value less cash.
    """

    date: date
    number: int
    payoff: PayOff | None
    conversion_price: Decimal | None
    shares: int | None
    market_price: Decimal | None
    value: Decimal | None
    is_hypothetical: bool
    is_continued: bool

    @property
    def cash(self) -> Decimal | None:
        return self.payoff.total if self.payoff else None

    @property
    def saving(self) -> Decimal | None:
        if self.payoff is None or self.value is None:
            return None
        return MONEY_CONTEXT.subtract(self.value, self.payoff.total)

    @property
    def cheaper(self) -> Side | None:
        if self.saving is None:
            return None
        return Side.PREPAY if self.saving >= 0 else Side.CONVERT


@dataclass(frozen=True, slots=True)
class Crossing:
    """The first day on which the other side is the cheaper one."""

    date: date
    cheaper: Side


@dataclass(frozen=True)
class PrepayOrConvert:
    """The days from funding to the last day on which the company may prepay, every calendar day."""

    days: tuple[PrepayDay, ...]
    crossings: tuple[Crossing, ...]
    opens_date: date
    issues: tuple[Issue, ...] = ()

    @property
    def least_cash(self) -> PrepayDay | None:
        """The first day on which paying off takes the least cash."""
        payable = [each for each in self.days if each.payoff]
        return min(payable, key=lambda each: each.payoff.total if each.payoff else 0, default=None)

    @property
    def most_saved(self) -> PrepayDay | None:
        """The first day on which paying off saves the most against a conversion, or loses the least."""
        compared = [each for each in self.days if each.saving is not None]
        return max(compared, key=lambda each: each.saving or 0, default=None)

    @property
    def last_payable(self) -> PrepayDay | None:
        """The last day on which the company may prepay by itself."""
        return next((each for each in reversed(self.days) if each.payoff), None)

    def on(self, day: date) -> PrepayDay | None:
        """The figures of a day, None outside the days looked at."""
        if not self.days:
            return None
        place = (day - self.days[0].date).days
        return self.days[place] if 0 <= place < len(self.days) else None


def prepay_or_convert(case: Case) -> PrepayOrConvert:
    """Both sides on every calendar day on which the company could prepay."""
    note, first = case.note, case.quoter.history.funded
    last = last_prepayment_date(note)
    opens = opening_date(note)
    if last < first:
        text = f"The last day to prepay, {show_date(last)}, is before the note is funded."
        return PrepayOrConvert((), (), opens, (Issue(Severity.ERROR, text, FIELD, (last,)),))
    quoter, recorded = continued_quoter(case, last)
    days = []
    for count in range((last - first).days + 1):
        day = first + count * ONE_DAY
        quote = quoter.on(day)
        days.append(_day(note, quote, payoff_on(note, quoter.history, day), opens, recorded))
    return PrepayOrConvert(tuple(days), tuple(_crossings(days)), opens, tuple(_issues(days)))


FIELD = ("note.repayment.prepayment_steps",)


def last_prepayment_date(note: Note) -> date:
    """The end of the last range, maturity if the company may prepay afterwards too, day 180 without a table.

    Not more than so many days after funding.
    """
    terms, start = note.repayment, counted_from(note)
    if not terms.prepayment_steps:
        return start + WITHOUT_TABLE * ONE_DAY
    end = start + max(row.last_day for row in terms.prepayment_steps) * ONE_DAY
    if terms.prepayment_after is not None:
        end = max(end, note.maturity_date)
    return min(end, note.funding_date + (MOST_DAYS - 1) * ONE_DAY)


def _day(
    note: Note, quote: Quote, payoff: PayOff | None, opens: date, recorded: date | None
) -> PrepayDay:
    day = quote.notice_date
    owes = quote.owed.total > 0
    return PrepayDay(
        day,
        (day - counted_from(note)).days,
        payoff if owes else None,
        quote.price.conversion_price,
        quote.shares if owes else None,
        quote.market.price if quote.market else None,
        quote.market_value if owes else None,
        day < opens,
        recorded is not None and day > recorded,
    )


def _crossings(days: Sequence[PrepayDay]) -> Iterator[Crossing]:
    """Days without a figure for one side are passed over."""
    side = None
    for each in days:
        if each.cheaper is None:
            continue
        if side not in (None, each.cheaper):
            yield Crossing(each.date, each.cheaper)
        side = each.cheaper


def _issues(days: Sequence[PrepayDay]) -> Iterator[Issue]:
    compared = [each for each in days if each.saving is not None]
    if not compared:
        text = "On no day are both sides known: a pay-off by right, and a price to convert at."
        yield Issue(Severity.WARNING, text, FIELD)
    if compared and all(each.is_hypothetical for each in compared):
        text = "Conversion opens only after all these days: the value of the shares is hypothetical on each."
        yield Issue(Severity.NOTE, text, ("note.conversion.opens_days",))
    unpriced = sum(each.payoff is not None and each.value is None for each in days)
    if compared and unpriced:
        text = f"On {unpriced:,} of {len(days):,} days there is no price to compare with."
        yield Issue(Severity.NOTE, text)
