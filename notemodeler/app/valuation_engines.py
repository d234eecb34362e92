"""Which engine answers for which word: the trees, the simulation, and what preparers of reports use."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from notemodeler.domain.issues import Issue, Severity, UserError
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.fair_value import fair_value, worth_if_converted
from notemodeler.engines.valuation.inputs import Inputs
from notemodeler.engines.valuation.left_out import share_limit
from notemodeler.engines.valuation.life import Cancel
from notemodeler.engines.valuation.preparers import black_scholes_value, intrinsic_value
from notemodeler.engines.valuation.remaining import Remaining, remaining_life
from notemodeler.engines.valuation.worth import Engine, FairValue

Valuer = Callable[[ValuationCase, date, Inputs, int, Cancel | None], FairValue]
"""Takes the case, the day, its inputs, how fine the tree is to be, and what asks whether to stop."""


def simulated_value(
    case: ValuationCase, on: date, inputs: Inputs, cancel: Cancel | None = None
) -> FairValue:
    """The mean over the paths that the inputs ask for, of a price that grows at the risk-free rate.

    `error` is its standard error. The holder follows the policy of the inputs, within every limit; one
    who seeks the most converts what it may on the day itself if that is worth more than waiting.
    """
    from notemodeler.engines.simulation.assumptions import assumptions_of
    from notemodeler.engines.simulation.draws import Seeded
    from notemodeler.engines.simulation.holder import never_cancelled
    from notemodeler.engines.simulation.known import Known
    from notemodeler.engines.simulation.simulated import simulated
    from notemodeler.engines.simulation.statistics import mean_of

    valuation, stop = case.valuation, cancel or never_cancelled
    neutral = replace(case, valuation=replace(valuation, drift_rate=None))
    try:
        remaining = remaining_life(case, inputs)
        if not inputs.steps:
            raise ValueError("no trading day is left to maturity")
        known = Known(neutral, on)
        assumed = assumptions_of(known, inputs, case.scenario)
        run = simulated(known, inputs, assumed, Seeded(valuation.seed))
        run = run.learnt(valuation.paths, stop)
        outcome = run.run(valuation.paths, stop)
    except (ValueError, UserError) as refusal:
        issue = Issue(Severity.ERROR, f"There is no value: {refusal}".rstrip(".") + ".", (), (on,))
        return FairValue(on, Engine.SIMULATION, inputs, None, None, issues=(issue,))
    found = mean_of(outcome.notes[0].value, mirrored=run.mirrored)
    words = (
        f"Simulated on {found.paths:,} paths from seed {valuation.seed}: "
        f"{valuation.price_model.label}; the holder converts {valuation.policy.label}."
    )
    straight = remaining.amount * remaining.life.straight()
    now, value = worth_if_converted(case, inputs, remaining), found.value
    if valuation.policy is HolderPolicy.OPTIMAL and now is not None and now > value:
        part = _part_allowed(case, remaining, now, inputs)
        value = part * now + (1 - part) * value
    return FairValue(
        on, Engine.SIMULATION, inputs, value, straight, now, error=found.error,
        words=(words,), issues=run.issues,
    )  # fmt: skip


def _part_allowed(case: ValuationCase, remaining: Remaining, now: float, inputs: Inputs) -> float:
    """The part of what is owed that the limits on shares let go on the day itself."""
    limit = share_limit(case, remaining, inputs.on)
    if limit is None or inputs.price is None:
        return 1.0
    return min(1.0, limit.shares * inputs.price / now)


VALUERS: dict[Engine, Valuer] = {
    Engine.TREE: lambda case, on, inputs, points, cancel: fair_value(
        case, on, points, cancel, inputs
    ),
    Engine.SIMULATION: lambda case, on, inputs, points, cancel: simulated_value(
        case, on, inputs, cancel
    ),
    Engine.BLACK_SCHOLES: lambda case, on, inputs, points, cancel: black_scholes_value(
        case, on, inputs
    ),
    Engine.INTRINSIC: lambda case, on, inputs, points, cancel: intrinsic_value(case, on, inputs),
}
"""What answers for each engine; the tree hands over to the lattice by itself. One more engine is one more row."""
QUICK = (Engine.TREE, Engine.BLACK_SCHOLES, Engine.INTRINSIC)
"""Those that answer within a keystroke or a moment."""
