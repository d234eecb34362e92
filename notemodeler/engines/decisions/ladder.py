"""The dilution ladder: what a conversion of everything would come to at lower and lower market prices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.kinds import Choice
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.flat_market import FlatMarket
from notemodeler.engines.decisions.pace import Pace, pace_of
from notemodeler.engines.history import NOTHING
from notemodeler.engines.quote import Quote
from notemodeler.engines.schedule import share_of
from notemodeler.engines.splits import new_for_old, price_carried

FALLS = (Decimal("0.25"), Decimal("0.50"), Decimal("0.75"))


class Level(Choice):
    """Where a rung's market price comes from."""

    TODAY = "today", "On the day"
    """The conversion price of the day itself, made of the prices there really were."""
    NOW = "now", "Flat at the last price"
    FALL = "fall", "Fall"
    OWN = "own", "Own price"
    PAR = "par", "Par value"


@dataclass(frozen=True, slots=True)
class Rung:
    """A conversion of all that is owed if the market stood at `market_price`, in dollars of the day.

    `change` is against the last price, -0.25 for a fall by a quarter; None without a last price.
    `conversion_price` is None where there is none, and for notes that have several. `shares` come
    before looking at any limit; `market_value` is what they are worth at `market_price`.
    `authorised_short` is by how much they go beyond the charter, None if that is not known. `pace`
    says how long the ownership limit and the volume make it, None if it never ends or is not known.
    """

    level: Level
    market_price: Decimal
    change: Decimal | None
    conversion_price: Decimal | None
    amount: Decimal
    shares: int | None
    share_of_company: Decimal | None
    market_value: Decimal | None
    pace: Pace | None
    authorised_short: int | None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """The day itself and then the hypotheses from the highest market price down.

    `places` are the notes of the book that it sums.
    """

    on: date
    places: tuple[int, ...]
    amount: Decimal
    rungs: tuple[Rung, ...]
    issues: tuple[Issue, ...] = ()

    def rung(self, level: Level, change: Decimal | None = None) -> Rung | None:
        """The rung of a level; of a fall, that by so much."""
        wanted = (
            each for each in self.rungs if each.level is level and change in (None, each.change)
        )
        return next(wanted, None)


class Hypothesis(NamedTuple):
    """A market price to be asked about."""

    level: Level
    price: Decimal
    change: Decimal | None


def note_ladder(case: Case, day: date) -> Ladder:
    """The ladder of the note that the case looks at."""
    return _ladder(case, day, (case.place,))


def book_ladder(case: Case, day: date) -> Ladder:
    """The ladder of every note of the book that owes something on the day, summed."""
    return _ladder(case, day, tuple(range(len(case.book.notes))))


def _ladder(case: Case, day: date, places: tuple[int, ...]) -> Ladder:
    owing = tuple(place for place in places if _owed(case, place, day))
    if not owing:
        text = f"Nothing is owed on {show_date(day)}, so there is nothing to convert."
        return Ladder(day, (), NOTHING, (), (Issue(Severity.NOTE, text, (), (day,)),))
    amount = total_of(*(_owed(case, place, day) for place in owing))
    asked = sorted(_hypotheses(case, owing[0], day), key=lambda each: each.price, reverse=True)
    if not asked:
        text = f"No price is known by {show_date(day)}: enter prices, or a price of your own."
        issue = Issue(Severity.ERROR, text, ("scenario.own_price",), (day,))
        return Ladder(day, owing, amount, (), (issue,))
    rungs = [_rung(case, owing, day, each) for each in asked]
    today = _today(case, owing, day)
    return Ladder(day, owing, amount, (*today, *rungs))


def _owed(case: Case, place: int, day: date) -> Decimal:
    return case.quoter_of(place).history.owed_before_entries(day).in_cents().total


def _hypotheses(case: Case, place: int, day: date) -> Iterator[Hypothesis]:
    bar = case.quoter_of(place).on(day).market
    last = bar.price if bar else None
    if last is not None:
        yield Hypothesis(Level.NOW, last, NOTHING)
        for fall in FALLS:
            yield Hypothesis(Level.FALL, MONEY_CONTEXT.multiply(last, 1 - fall), -fall)
    if case.scenario.own_price is not None:
        yield _against(Level.OWN, case.scenario.own_price, last)
    if case.issuer.par_price is not None:
        splits = case.issuer.splits
        latest = max((split.date for split in splits), default=day)
        stated = new_for_old(splits, max(latest, day), day)
        yield _against(Level.PAR, price_carried(case.issuer.par_price, stated), last)


def _against(level: Level, price: Decimal, last: Decimal | None) -> Hypothesis:
    return Hypothesis(level, price, None if last is None else MONEY_CONTEXT.divide(price, last) - 1)


def _today(case: Case, places: Sequence[int], day: date) -> Iterator[Rung]:
    """What there would be for a notice on the day, if a market price is known by then."""
    quotes = {place: case.quoter_of(place).on(day) for place in places}
    bar = quotes[places[0]].market
    if bar is not None and bar.price is not None:
        yield _made(case, day, Hypothesis(Level.TODAY, bar.price, NOTHING), quotes)


def _rung(case: Case, places: Sequence[int], day: date, asked: Hypothesis) -> Rung:
    flat = FlatMarket(case.market, day, asked.price)
    quotes = {place: flat.quoter(case.quoter_of(place)).on(day) for place in places}
    return _made(case, day, asked, quotes)


def _made(case: Case, day: date, asked: Hypothesis, quotes: Mapping[int, Quote]) -> Rung:
    found = tuple(quotes.values())
    shares = _sum(found)
    outstanding = found[0].outstanding
    known = shares is not None and outstanding is not None
    after = (outstanding or 0) + (shares or 0)
    authorised = case.authorised_on(day)
    value = None if shares is None else to_cents(MONEY_CONTEXT.multiply(asked.price, shares))
    return Rung(
        asked.level,
        asked.price,
        asked.change,
        found[0].price.conversion_price if len(found) == 1 else None,
        total_of(*(quote.owed.total for quote in found)),
        shares,
        share_of(shares or 0, after) if known else None,
        value,
        pace_of(case, quotes),
        max(0, after - authorised) if known and authorised is not None else None,
        tuple(dict.fromkeys(_issues(case, quotes))),
    )


def _sum(quotes: Sequence[Quote]) -> int | None:
    """All shares; None if a note among them has no price, for a part is not the whole."""
    total = 0
    for quote in quotes:
        if quote.shares is None:
            return None
        total += quote.shares
    return total


def _issues(case: Case, quotes: Mapping[int, Quote]) -> Iterator[Issue]:
    """Of several notes each issue names its own."""
    for place, quote in quotes.items():
        name = case.book.notes[place].title or f"Note {place + 1}"
        for issue in quote.issues:
            yield issue if len(quotes) == 1 else issue._replace(text=f"{name}: {issue.text}")
