"""What follows at once from a term, in a few words to stand beneath it."""

from collections.abc import Iterator
from datetime import date

from notemodeler.app.results import Results
from notemodeler.app.why import show_day
from notemodeler.app.why_figures import short_percent
from notemodeler.domain.dates import show_date
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.words import dollars


def asides(results: Results) -> dict[str, str]:
    """The words by dotted field name; a term of which nothing follows has none."""
    return dict(_money(results)) | dict(_dates(results)) | dict(_default(results))


def _money(results: Results) -> Iterator[tuple[str, str]]:
    note = results.note
    discount = note.original_issue_discount
    if discount > 0:
        share = short_percent(discount / note.principal_amount)
        words = f"Original issue discount {dollars(discount)}, {share} of the principal"
        yield "note.purchase_price_amount", words
    elif discount == 0:
        yield "note.purchase_price_amount", "No issue discount"
    if note.proceeds > 0:
        yield "note.withheld_fees_amount", f"Proceeds {dollars(note.proceeds)}"


def _dates(results: Results) -> Iterator[tuple[str, str]]:
    note = results.note
    term = (note.maturity_date - note.funding_date).days
    if term > 0:
        due = results.history.owed_on(note.maturity_date).in_cents().total
        yield "note.maturity_date", f"{_days(term)} from funding, {dollars(due)} due"
    opens = opening_date(note)
    after = (opens - note.issue_date).days
    closed = " (market closed)" if _is_closed(results, opens) else ""
    if note.conversion.opens_date is None:
        yield "note.conversion.opens_days", f"{show_day(opens)}{closed}"
    else:
        yield "note.conversion.opens_date", f"{_days(after)} after issue{closed}"


def _is_closed(results: Results, day: date) -> bool:
    calendar = results.market.calendar
    return calendar.first <= day <= calendar.last and not calendar.is_trading_day(day)


def _days(count: int) -> str:
    return f"{count:,} day" + ("" if count == 1 else "s")


def _default(results: Results) -> Iterator[tuple[str, str]]:
    cost = results.default_cost
    if cost is not None:
        words = "Costs" if cost.extra >= 0 else "Saves"
        yield (
            "note.default.default_date",
            f"{words} {dollars(abs(cost.extra))} by {show_date(cost.on)}",
        )
