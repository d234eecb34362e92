"""The values that stand beside the tree: Black-Scholes on today's conversion price, and the discount alone."""

from datetime import date

from notemodeler.domain.issues import Issue, Severity
from notemodeler.engines.valuation.black_scholes import preparers_value
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.inputs import Inputs, inputs_on
from notemodeler.engines.valuation.remaining import Remaining, remaining_life
from notemodeler.engines.valuation.worth import Engine, FairValue

NO_PRICE = "There is no conversion price on the day."


def black_scholes_value(case: ValuationCase, on: date, inputs: Inputs | None = None) -> FairValue:
    """A call to maturity at the conversion price of the day on all its shares, besides the straight note."""
    given = inputs or inputs_on(case, on)
    found = _priced(case, given, Engine.BLACK_SCHOLES)
    if isinstance(found, FairValue):
        return found
    remaining, price = found
    assert given.price is not None
    assert given.volatility is not None
    right = preparers_value(
        remaining.amount, price, given.price, given.volatility, given.years, given.risk_free
    )
    straight = remaining.amount * remaining.life.straight()
    now = remaining.amount * given.price / price
    return FairValue(
        on, Engine.BLACK_SCHOLES, given, straight + right, straight, now, issues=given.issues
    )


def intrinsic_value(case: ValuationCase, on: date, inputs: Inputs | None = None) -> FairValue:
    """What converting everything on the day would give, if more than is owed; the right is the difference."""
    given = inputs or inputs_on(case, on)
    found = _priced(case, given, Engine.INTRINSIC)
    if isinstance(found, FairValue):
        return found
    remaining, price = found
    assert given.price is not None
    now = remaining.amount * given.price / price
    owed = remaining.owing.now
    return FairValue(on, Engine.INTRINSIC, given, max(owed, now), owed, now, issues=given.issues)


def _priced(
    case: ValuationCase, given: Inputs, engine: Engine
) -> tuple[Remaining, float] | FairValue:
    """The remaining life and the conversion price, or why there is no value."""
    if not given.is_complete:
        return FairValue(given.on, engine, given, None, None, issues=given.issues)
    try:
        remaining = remaining_life(case, given)
    except ValueError as refusal:
        issue = Issue(Severity.ERROR, f"There is no value: {refusal}.", (), (given.on,))
        return FairValue(given.on, engine, given, None, None, issues=(*given.issues, issue))
    finding = case.conversion_price_on(given.on)
    if finding.conversion_price is None:
        issues = (*given.issues, *finding.issues, Issue(Severity.ERROR, NO_PRICE, (), (given.on,)))
        return FairValue(given.on, engine, given, None, None, issues=issues)
    return remaining, float(finding.conversion_price)
