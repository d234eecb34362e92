"""A simulated path in words, and the columns of its conversions."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from notemodeler.app.simulated_path import SimulatedPath
from notemodeler.domain.columns import Column
from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.kinds import DATE, MONEY, PRICE, SHARES
from notemodeler.domain.numbers import to_cents
from notemodeler.engines.history import Happening
from notemodeler.engines.words import counted, dollars

TWELVE = Decimal(1).scaleb(-12)
AGED = Issue(
    Severity.WARNING,
    "The document was edited since: this is a path of the inputs before.",
)


class PathRow(NamedTuple):
    """A conversion as it is booked, with what was issued and is owed after it."""

    happening: Happening
    market: Decimal | None
    issued: int
    owed: Decimal


def path_rows(path: SimulatedPath) -> tuple[PathRow, ...]:
    """The conversions of the path in order."""
    found, issued, series = [], 0, path.results.series
    for each in path.booked:
        issued += each.shares
        market = series.price_on(each.date) if series is not None else None
        found.append(PathRow(each, market, issued, to_cents(each.after.total)))
    return tuple(found)


def _price(row: PathRow) -> Decimal | None:
    price = row.happening.price
    return None if price is None else price.quantize(TWELVE)


PATH_COLUMNS = (
    Column("Notice", lambda row: row.happening.date, DATE, 12, "The day of the notice."),
    Column("Market", lambda row: row.market, PRICE, 11, "The simulated price of the day."),
    Column("Price", _price, PRICE, 11, "The conversion price by the rule of the note."),
    Column("Converted", lambda row: row.happening.converted, MONEY, 12, "Dollars of the balance."),
    Column("Shares", lambda row: row.happening.shares, SHARES, 14, "The shares issued for it."),
    Column("Shares in all", lambda row: row.issued, SHARES, 14, "All shares issued on this path so far."),
    Column("Still owed", lambda row: row.owed, MONEY, 12, "The balance after the conversion."),
)  # fmt: skip


def path_sentences(path: SimulatedPath) -> Iterator[str]:
    """What is known, what was simulated, and what came of it."""
    last = show_date(path.days[-1])
    yield (
        f"Prices are known to {show_date(path.known_day)} and simulated from {show_date(path.days[0])} to "
        f"{last}; conversions follow the holder's policy. Your document is not changed."
    )
    rows = path_rows(path)
    if not rows:
        yield "The holder never converts on this path."
    else:
        many = counted(len(rows), "conversion")
        first, end = show_date(rows[0].happening.date), show_date(rows[-1].happening.date)
        when = f"on {first}" if len(rows) == 1 else f"from {first} to {end}"
        many = many[0].upper() + many[1:]
        verb = "issues" if len(rows) == 1 else "issue"
        yield f"{many} {when} {verb} {rows[-1].issued:,} shares."
    owed = path.results.history.owed_on(path.days[-1]).total
    if to_cents(owed) > 0:
        yield f"{dollars(to_cents(owed))} is still owed on {last}."
    yield from path.remarks
