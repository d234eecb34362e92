"""The value of a note by simulation: a policy learnt on some paths and followed on others, with its error."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from notemodeler.domain.issues import Issue
from notemodeler.domain.scenario import Scenario
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.engines.simulation.assumptions import assumptions_of
from notemodeler.engines.simulation.bracket import Bracket, bracket, has_bracket
from notemodeler.engines.simulation.draws import Seeded
from notemodeler.engines.simulation.holder import never_cancelled
from notemodeler.engines.simulation.known import Known
from notemodeler.engines.simulation.models import Diffusion
from notemodeler.engines.simulation.optimal import VALUING, Optimal
from notemodeler.engines.simulation.simulated import Simulated, simulated
from notemodeler.engines.simulation.statistics import Estimate, mean_of
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.inputs import Inputs

BRACKET_PATHS = 4_096


@dataclass(frozen=True, eq=False)
class SimulatedValue:
    """The note in present dollars on `paths` paths of the seed; `straight` is it without its conversion right.

    The policy is a real one, so `note` is a lower bound but for its standard error. `bracket` has a
    sharper lower bound and an upper one, where they were asked for and can be had.
    """

    note: Estimate
    straight: float
    seed: int
    model: str
    policy: str
    bracket: Bracket | None
    issues: tuple[Issue, ...]


def value_by_simulation(
    case: ValuationCase,
    inputs: Inputs,
    paths: int,
    seed: int,
    *,
    with_bracket: bool = False,
    cancelled: Callable[[], bool] = never_cancelled,
) -> SimulatedValue:
    """The value on the day of the inputs, the expected price growing at the risk-free rate.

    The note stands alone and its holder sells at the market: volume and impact are not counted, the
    limits on each conversion are. The policy is that of the document. Raises `UserError` where an
    input is lacking and `holder.Cancelled` when told to stop.
    """
    known = Known(case, inputs.on)
    assumed = replace(
        assumptions_of(known, inputs, Scenario()),
        drift=inputs.risk_free, impact=0.0, daily_sale=None, is_alone=True, sells_next_day=False,
    )  # fmt: skip
    made = simulated(known, inputs, assumed, Seeded(seed)).learnt(paths, cancelled)
    on_others = replace(made, seeded=replace(made.seeded, stream=VALUING))
    found = on_others.run(paths, cancelled)
    return SimulatedValue(
        mean_of(found.notes[0].value, mirrored=made.mirrored),
        _straight(known, inputs, made),
        seed,
        assumed.model.words,
        made.policy_words,
        _bracket(made, cancelled) if with_bracket else None,
        made.issues,
    )


def _straight(known: Known, inputs: Inputs, made: Simulated) -> float:
    """The value without the right: nothing of it hangs on the paths."""
    assumed = replace(made.assumed, policy=HolderPolicy.NEVER)
    never = simulated(known, inputs, assumed, made.seeded)
    return mean_of(never.run(2).notes[0].value, mirrored=False).value


def _bracket(made: Simulated, cancelled: Callable[[], bool]) -> Bracket | None:
    policy, model = made.setting.notes[0].policy, made.assumed.model
    if not isinstance(policy, Optimal) or not isinstance(model, Diffusion):
        return None
    if not has_bracket(made.setting, 0, policy):
        return None
    return bracket(made.setting, 0, model, policy, made.seeded, BRACKET_PATHS, cancelled)
