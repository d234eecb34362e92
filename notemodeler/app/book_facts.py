"""The single figures of the book that stand beside its tables, each with a label and a kind to show it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import DATE, RATE, SHARES, Kind
from notemodeler.domain.numbers import FORM, Style
from notemodeler.engines.company.full_conversion import FullConversion
from notemodeler.engines.company.reserve import Reserve
from notemodeler.engines.company.sales_counter import SalesCounter


class Fact(NamedTuple):
    """One figure; `name` is stable, `value` None where it is not known."""

    name: str
    label: str
    value: Any
    kind: Kind
    detail: str = ""

    def text(self, style: Style = FORM) -> str:
        return "—" if self.value is None else self.kind.show(self.value, style)


def of_full_conversion(found: FullConversion) -> Iterator[Fact]:
    """The company before and after."""
    yield Fact("outstanding", "Shares outstanding", found.outstanding, SHARES)
    yield Fact("new_shares", "New shares", found.total.shares, SHARES, "every balance converted")
    yield Fact("after", "Outstanding after", found.after, SHARES)
    yield Fact("old_holders", "Left to those who hold shares now", found.old_holders, RATE)
    yield Fact("authorised", "Authorised", found.authorised, SHARES)
    yield Fact("head_room", "Head-room after", found.head_room, SHARES, _lacks(found.head_room))
    yield Fact("allowed", "Allowed now", found.total.allowed, SHARES, "all holders at their limits")


def of_reserve(found: Reserve) -> Iterator[Fact]:
    """What the charter leaves."""
    yield Fact("authorised", "Authorised", found.authorised, SHARES)
    yield Fact("outstanding", "Shares outstanding", found.outstanding, SHARES)
    yield Fact("reserved", "Reserved", found.total.reserved, SHARES)
    yield Fact("free", "Free", found.free, SHARES, _lacks(found.free))
    yield Fact("required", "Required in reserve", found.total.required, SHARES)
    yield Fact("shortfall", "Still to be reserved", found.total.shortfall, SHARES)
    detail = "by so many the charter would have to be amended" if found.lacking else ""
    yield Fact("lacking", "Lacking in the charter", found.lacking, SHARES, detail)


def of_sales(found: SalesCounter) -> Iterator[Fact]:
    """Where the counter of Item 3.02 stands."""
    how = "by the last share count" if found.by_share_count else "as last reported"
    yield Fact("since", "Counted since", found.since, DATE, how)
    yield Fact("outstanding", "Outstanding then", found.outstanding, SHARES)
    yield Fact("shares", "Sold unregistered since", found.shares, SHARES)
    yield Fact("share", "Of the outstanding", found.share, RATE)
    yield Fact("threshold", "Report from", found.threshold, RATE)
    yield Fact("threshold_shares", "That is", found.threshold_shares, SHARES)
    by = found.passed_by
    detail = f"reached by {by.title} on {show_date(by.date)}" if by else ""
    yield Fact("shares_left", "Shares until then", found.shares_left, SHARES, detail)


def _lacks(room: int | None) -> str:
    return "more than the charter authorises" if room is not None and room < 0 else ""
