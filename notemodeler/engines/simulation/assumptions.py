"""What a simulation assumes of the future: model, drift, impact, volume, and when the holder converts."""

from dataclasses import dataclass, field

from notemodeler.domain.issues import UserError
from notemodeler.domain.scenario import Scenario
from notemodeler.domain.valuation import HolderPolicy, PriceModel, Valuation
from notemodeler.engines.decisions.pace import daily_sale
from notemodeler.engines.simulation.known import Known
from notemodeler.engines.simulation.models import (
    Diffusion,
    FatTails,
    JumpDiffusion,
    OwnHistory,
    PathModel,
    Still,
)
from notemodeler.engines.valuation.inputs import Inputs

LEAST_RETURNS = 20
"""With fewer past returns nothing can be drawn from them."""


@dataclass(frozen=True, eq=False)
class Assumptions:
    """`drift` is how fast the expected price grows, a fraction a year, continuously compounded.

    With `follows` the expected price is that of the scenario instead. `impact` is by what part the price
    falls when 1 % of the outstanding is sold. The `policy` is that of the note looked at, other notes
    convert at once; with `is_alone` there are no other notes.
    """

    model: PathModel = field(default_factory=Still)
    drift: float = 0.0
    follows: Scenario | None = None
    impact: float = 0.0
    daily_sale: float | None = None
    policy: HolderPolicy = HolderPolicy.AT_ONCE
    threshold: float = 1.6
    every: int = 5
    amount: float | None = None
    is_alone: bool = False
    sells_next_day: bool = True


def assumptions_of(known: Known, inputs: Inputs, scenario: Scenario) -> Assumptions:
    """What the document assumes of what may come; raises `UserError` where it says too little."""
    price_of(inputs)
    valuation = known.case.valuation
    impact = scenario.impact if valuation.impact is None else valuation.impact
    sale = daily_sale(scenario)
    drift = inputs.risk_free if valuation.drift_rate is None else float(valuation.drift_rate)
    return Assumptions(
        model_of(known, inputs, valuation),
        drift,
        scenario if valuation.price_model is PriceModel.SCENARIO else None,
        float(impact),
        None if sale is None else float(sale),
        valuation.policy,
        float(valuation.threshold),
        valuation.schedule_days,
        None if valuation.schedule_amount is None else float(valuation.schedule_amount),
    )


def price_of(inputs: Inputs) -> float:
    """The price to go on from; raises `UserError` without one."""
    if inputs.price is None:
        reason = next((issue.text for issue in inputs.issues if issue.is_error), "")
        raise UserError("There is no price to go on from.", reason)
    return inputs.price


def model_of(known: Known, inputs: Inputs, valuation: Valuation) -> PathModel:
    """The model of prices that the inputs name."""
    chosen, year = valuation.price_model, inputs.year_days
    if chosen is PriceModel.SCENARIO:
        return Still()
    if chosen is PriceModel.BOOTSTRAP:
        return _own_history(known, valuation)
    if inputs.volatility is None:
        reason = next((issue.text for issue in inputs.issues if issue.is_error), "")
        raise UserError("There is no volatility to draw prices with.", reason)
    if chosen is PriceModel.JUMPS:
        return JumpDiffusion(
            inputs.volatility,
            float(valuation.jumps_per_year),
            float(valuation.jump_mean),
            float(valuation.jump_deviation),
            year,
        )
    if chosen is PriceModel.FAT_TAILS:
        return FatTails(inputs.volatility, float(valuation.tail_degrees), year)
    return Diffusion(inputs.volatility, year)


def _own_history(known: Known, valuation: Valuation) -> OwnHistory:
    kind = known.note.conversion.rule.series
    returns = known.returns(kind, valuation.volatility_days)
    if len(returns) < LEAST_RETURNS:
        raise UserError(
            f"The price table has {len(returns)} daily returns by then, too few to draw from.",
            f"At least {LEAST_RETURNS} are needed; choose another model of prices.",
        )
    return OwnHistory(returns, min(valuation.block_days, len(returns)))
