"""What the money costs in all if the note is converted on a day, and the parts that this is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.kinds import Choice
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import MONEY_CONTEXT, to_cents, total_of
from notemodeler.engines.book import run_book
from notemodeler.engines.cost import Flow, annual_rate
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.takings import Taking, takings
from notemodeler.engines.history import NOTHING
from notemodeler.engines.interest_charge import net_proceeds, prepaid_interest


class CostPart(Choice):
    """What the cost of a note is made of, in the order of the waterfall."""

    COUPON = "coupon", "Interest"
    ISSUE_DISCOUNT = "issue_discount", "Original issue discount"
    FEES = "fees", "Fees withheld"
    DISCOUNT = "discount", "Discount of the price"
    LOOKBACK = "lookback", "Look-back"
    EXTRAS = "extras", "Premiums and fees"
    ADDED = "added", "Principal added"
    DEFAULT = "default", "Default"


HELP = {
    CostPart.COUPON: "Interest as if there were no default.",
    CostPart.ISSUE_DISCOUNT: "What the note promises to repay and the holder never paid.",
    CostPart.FEES: "What the holder kept back of the purchase price.",
    CostPart.DISCOUNT: "The shares at the reference price, over the amount that they settle.",
    CostPart.LOOKBACK: "The shares at the market of the day, over the same shares at the reference price.",
    CostPart.EXTRAS: "Premiums of cash payments, fees of conversions and cash besides the shares.",
    CostPart.ADDED: "Penalties and whatever else was added to principal.",
    CostPart.DEFAULT: "The default sum, and interest beyond what there would be without the default.",
}
RARE = (CostPart.EXTRAS, CostPart.ADDED, CostPart.DEFAULT)
"""The parts that are left out when they are nothing."""


@dataclass(frozen=True, slots=True)
class CostStep:
    """One part: its dollars, the points a year that it adds, and the rate with it and all before it."""

    part: CostPart
    amount: Decimal
    rate: float | None
    cumulated_rate: float | None


@dataclass(frozen=True, slots=True)
class AllInCost:
    """The cost of a note that is converted whole, and sold at the market, on a day.

    `given` is all that the holder takes out by then, cash and shares at the market of their day. The
    amounts of the steps add up to `given - proceeds` exactly, and their rates to `annual_rate`.
    Without a figure there are no steps, and an issue says why.
    """

    on: date
    proceeds: Decimal
    given: Decimal | None
    steps: tuple[CostStep, ...]
    annual_rate: float | None
    issues: tuple[Issue, ...] = ()

    @property
    def cost(self) -> Decimal | None:
        return None if self.given is None else MONEY_CONTEXT.subtract(self.given, self.proceeds)


def all_in_cost(case: Case, day: date) -> AllInCost:
    """What the proceeds cost if all that is owed on the day is converted and sold at the market."""
    found, issues = takings(case.quoter, case.quoter.on(day))
    proceeds = net_proceeds(case.note)
    if not found:
        return AllInCost(day, proceeds, None, (), None, issues)
    parts = _parts(case, day, found)
    steps = tuple(_steps(Flow(case.note.funding_date, -proceeds), found, parts))
    rate = steps[-1].cumulated_rate
    given = total_of(*(each.value for each in found))
    return AllInCost(day, proceeds, given, steps, rate, tuple(_unrated(case.note, day, rate)))


def _parts(case: Case, day: date, found: Sequence[Taking]) -> dict[CostPart, tuple[Decimal, ...]]:
    """The dollars of each part, taking by taking."""
    note = case.note
    interest = [each.settled.interest for each in found]
    extra = _latest(_default_interest(case, day, total_of(*interest)), interest)
    principal = [each.settled.principal for each in found]
    kept_back = _spread(prepaid_interest(note), principal)
    coupon = map(MONEY_CONTEXT.subtract, interest, extra)
    added = MONEY_CONTEXT.subtract(total_of(*principal), note.principal_amount)
    sums = [each.settled.default_sum for each in found]
    return {
        CostPart.COUPON: tuple(map(MONEY_CONTEXT.add, coupon, kept_back)),
        CostPart.ISSUE_DISCOUNT: _spread(note.original_issue_discount, principal),
        CostPart.FEES: _spread(note.withheld_fees_amount, principal),
        CostPart.DISCOUNT: tuple(each.discount for each in found),
        CostPart.LOOKBACK: tuple(each.lookback for each in found),
        CostPart.EXTRAS: tuple(each.extras for each in found),
        CostPart.ADDED: _spread(added, principal),
        CostPart.DEFAULT: tuple(map(MONEY_CONTEXT.add, sums, extra)),
    }


def _default_interest(case: Case, day: date, interest: Decimal) -> Decimal:
    """The part of the interest that is there only because of the default."""
    default = case.note.default
    if default.default_date is None or default.default_date > day:
        return NOTHING
    without = replace(case.note, default=replace(default, default_date=None))
    notes = case.book.notes
    others = (*notes[: case.place], without, *notes[case.place + 1 :])
    undisturbed = run_book(others, case.issuer, case.market, case.book).histories[case.place]
    settled = (each.settled.interest for each in undisturbed.happenings if each.date < day)
    owed = undisturbed.owed_before_entries(day).in_cents()
    return MONEY_CONTEXT.subtract(interest, total_of(owed.interest, *settled))


def _latest(amount: Decimal, interest: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The amount taken from the latest interest first, for a default comes late; the first takes any rest."""
    taken = []
    for place in reversed(range(len(interest))):
        part = min(amount, interest[place]) if place else amount
        amount = MONEY_CONTEXT.subtract(amount, part)
        taken.append(part)
    return tuple(reversed(taken))


def _spread(amount: Decimal, over: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The amount in whole cents in proportion to the others; nothing is lost in rounding."""
    whole, so_far, given = total_of(*over), NOTHING, NOTHING
    parts = []
    for each in over:
        so_far = total_of(so_far, each)
        share = MONEY_CONTEXT.divide(so_far, whole) if whole else Decimal(1)
        due = to_cents(MONEY_CONTEXT.multiply(amount, share))
        parts.append(MONEY_CONTEXT.subtract(due, given))
        given = due
    return tuple(parts)


def _steps(
    received: Flow, found: Sequence[Taking], parts: dict[CostPart, tuple[Decimal, ...]]
) -> Iterator[CostStep]:
    """The waterfall; what is left of a taking without any part is its share of the proceeds, at no cost."""
    amounts = [
        MONEY_CONTEXT.subtract(each.value, total_of(*(part[place] for part in parts.values())))
        for place, each in enumerate(found)
    ]
    before: float | None = 0.0
    for part, own in parts.items():
        total = total_of(*own)
        if part in RARE and not any(own):
            continue
        amounts = [total_of(amount, more) for amount, more in zip(amounts, own, strict=True)]
        flows = [Flow(each.date, amount) for each, amount in zip(found, amounts, strict=True)]
        rate = _rate(received, flows)
        gained = None if rate is None or before is None else rate - before
        yield CostStep(part, total, gained, rate)
        before = rate


def _rate(received: Flow, flows: list[Flow]) -> float | None:
    if received.amount >= 0 or flows[-1].date <= received.date:
        return None
    return annual_rate([received, *flows])


def _unrated(note: Note, day: date, rate: float | None) -> Iterator[Issue]:
    if rate is not None:
        return
    if day <= note.funding_date:
        text = f"A cost a year needs time: {show_date(day)} is not after the funding date."
        yield Issue(Severity.WARNING, text, ("note.funding_date",), (day,))
    else:
        text = "No yearly rate turns what came in into what went out."
        yield Issue(Severity.WARNING, text, (), (day,))
