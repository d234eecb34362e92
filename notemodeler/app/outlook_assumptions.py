"""The assumptions in force of a simulation, each under its label, for the strip over its figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from notemodeler.app.book_facts import Fact
from notemodeler.app.simulation import Simulation
from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import TEXT
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.engines.simulation.picture import Picture


def assumptions(simulation: Simulation, picture: Picture) -> Iterator[Fact]:
    """What the figures rest on; details say where it comes from."""
    case = picture.case
    inputs, assumed = case.inputs, case.assumed
    price = "" if inputs.price is None else f", ${Decimal(f'{inputs.price:.6g}'):,f} a share"
    stated = "stated" if inputs.price_date is None else f"price of {show_date(inputs.price_date)}"
    yield _fact("as_of", "As of", f"{show_date(simulation.on)}{price}", stated)
    yield _fact(
        "model", "Prices", assumed.model.words.replace("% ", " % "), inputs.volatility_words
    )
    if assumed.follows is not None:
        yield _fact("drift", "Drift", "as the assumptions say")
    else:
        own = simulation.results.project.valuation.drift_rate is not None
        yield _fact(
            "drift", "Drift", f"{assumed.drift:.1%} a year".replace("%", " %"),
            "as stated" if own else "the risk-free rate of the term",
        )  # fmt: skip
    yield _policy(picture)
    yield _sales(picture)


def _policy(picture: Picture) -> Fact:
    """What the holder does in the figures, which is not its best while that is being learnt."""
    case, policy = picture.case, picture.case.assumed.policy
    words, detail = case.policy_words, []
    if not case.is_learnt:
        words = f"{words}, for now"
    elif policy is HolderPolicy.OPTIMAL:
        words = policy.label
        detail = ["least squares, learnt on other paths"]
    if len(picture.outcome.notes) > 1:
        detail.append("holders of other notes at once when allowed")
    return _fact("policy", "Holder converts", words, "; ".join(detail))


def _sales(picture: Picture) -> Fact:
    """What sales do to the price, and how much of the volume they may be."""
    assumed = picture.case.assumed
    impact = f"{assumed.impact:.2%}".replace("%", " %") + " down for each 1 % sold"
    sale = assumed.daily_sale
    volume = "no limit" if sale is None else f"at most {sale:,.0f} a day"
    words = f"{impact if assumed.impact else 'no impact'}, {volume}"
    detail = "price impact and volume; the limit is that of each holder"
    return _fact("sales", "Sales", words, detail)


def _fact(name: str, label: str, value: str, detail: str = "") -> Fact:
    return Fact(name, label, value, TEXT, detail)
