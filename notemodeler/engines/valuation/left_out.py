"""What a tree leaves out of a note's terms, and on which side of the truth that puts its value."""

from collections.abc import Iterator
from datetime import date

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.repayment import Settled
from notemodeler.domain.rule import FloorEffect, PriceRounding
from notemodeler.domain.rule_steps import StepTrigger
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.inputs import Inputs
from notemodeler.engines.valuation.life import ShareLimit
from notemodeler.engines.valuation.remaining import Remaining
from notemodeler.engines.words import counted, percent

BY_PRICE = (StepTrigger.PRICE_FELL, StepTrigger.PRICE_LOW)
ASK = "the simulation counts it"


def left_out(case: ValuationCase, inputs: Inputs) -> Iterator[Issue]:
    """One issue for each term that needs the level of the price, the size of a conversion, or more time."""
    if inputs.on > inputs.maturity:
        text = f"The note fell due on {show_date(inputs.maturity)}: it is valued as if it were paid at once."
        yield Issue(Severity.WARNING, text, ("note.maturity_date",))
    yield from _limits(case, inputs)
    rule = case.note.conversion.rule
    if any(step.trigger in BY_PRICE for step in rule.steps):
        text = f"Steps that hang on the price are taken as they stand on the day; {ASK}."
        yield Issue(Severity.WARNING, text, ("note.conversion.rule.steps",))
    if rule.rounding is not PriceRounding.NONE:
        text = "The rounding of the conversion price is left out."
        yield Issue(Severity.NOTE, text, ("note.conversion.rule.rounding",))
    has_floor = rule.floor_price is not None or rule.floor_at_par
    if has_floor and rule.floor_effect is not FloorEffect.HOLDER:
        text = "The floor is left out: the company makes the holder whole for it."
        yield Issue(Severity.NOTE, text, ("note.conversion.rule.floor_effect",))
    coming = [each for each in case.note.repayment.instalments if each.date > inputs.on]
    if any(each.settled is not Settled.CASH for each in coming):
        text = "Instalments in shares are left to the holder's choice of the day."
        yield Issue(Severity.WARNING, text, ("note.repayment.instalments",))


def _limits(case: ValuationCase, inputs: Inputs) -> Iterator[Issue]:
    """The limits on one conversion: without them the value is an upper bound."""
    terms = case.note.conversion
    if terms.ownership_limit is not None:
        words = f"The ownership limit of {percent(terms.ownership_limit)} is left out"
        lots = _lots(case, inputs)
        if lots != 1:
            more = f" (today it takes {counted(lots, 'conversion')})" if lots else ""
            text = f"{words}{more}: the value is an upper bound; {ASK}."
            yield Issue(Severity.WARNING, text, ("note.conversion.ownership_limit",))
    for name, limit in (
        ("monthly_cap_amount", terms.monthly_cap_amount), ("exchange_cap", terms.exchange_cap),
    ):  # fmt: skip
        if limit is not None:
            label = "cap of a month" if name == "monthly_cap_amount" else "exchange cap"
            text = f"The {label} is left out: the value is an upper bound; {ASK}."
            yield Issue(Severity.WARNING, text, (f"note.conversion.{name}",))


def share_limit(case: ValuationCase, remaining: Remaining, on: date) -> ShareLimit | None:
    """The most new shares of one conversion as the limits stand on the day; None where nothing limits them.

    The outstanding and what the holder has stay as they are.
    """
    known = case.quoter.on(on).limit if remaining.life.steps else None
    if known is None:
        return None
    most = [each for each in (known.shares, known.exchange_shares) if each is not None]
    return ShareLimit(float(min(most)), remaining.asked) if most else None


def _lots(case: ValuationCase, inputs: Inputs) -> int | None:
    """In how many conversions the whole balance could go today; None if that is not known."""
    limit = case.quoter.on(inputs.on).limit
    return limit.lots.count if limit is not None and limit.lots is not None else None
