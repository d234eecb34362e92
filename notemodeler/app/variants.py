"""What could be otherwise about a note: its inputs at other values, each value in words that a reader knows."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from notemodeler.domain.kinds import PRICE, RateKind
from notemodeler.domain.numbers import FORM, MONEY_CONTEXT, show_decimal
from notemodeler.domain.project import FIELD_BY_NAME, Project, applies, field_value, with_field
from notemodeler.domain.rule import PriceRule, Statistic
from notemodeler.domain.valuation import PriceModel

HALF, TWICE, POINTS, DRIFT_POINTS = Decimal("0.5"), Decimal(2), Decimal("0.10"), Decimal("0.5")
LEAST_IMPACT = Decimal("0.02")
DIGITS = 3
"""Significant digits of a price that is a multiple of the last one."""
RULE = "note.conversion.rule"
LOOK_BACK, MULTIPLIER = f"{RULE}.lookback_days", f"{RULE}.multiplier"
PRICE_NOW, VOLATILITY, DRIFT = (
    "valuation.share_price", "valuation.volatility", "valuation.drift_rate",
)  # fmt: skip
IMPACT, VOLUME, LIMIT = (
    "valuation.impact",
    "scenario.volume_shares",
    "note.conversion.ownership_limit",
)
WHOLE = (LOOK_BACK, VOLUME)
LABELS = {DRIFT: "Drift a year"}
WITHOUT_VOLATILITY = (PriceModel.BOOTSTRAP, PriceModel.SCENARIO)
"""Models of prices that do not look at the volatility."""

Changes = tuple[tuple[str, Any], ...]
"""Named fields with the values that they take in a variant; none for the note as it stands."""


def changed(project: Project, changes: Changes, place: int) -> Project:
    """The project with other values in some fields; `place` is that of the note."""
    for name, value in changes:
        project = with_field(project, name, value, place)
    return project


class Driver(NamedTuple):
    """One input with the two values that it is tried at; `own` is what it is."""

    name: str
    own: Any
    low: Any
    high: Any

    @property
    def label(self) -> str:
        return LABELS.get(self.name, FIELD_BY_NAME[self.name].term.label)

    def words(self, value: Any) -> str:
        return value_words(self.name, value)


def value_words(name: str, value: Any) -> str:
    """A value as short as it can be told apart from others: `103.3 %`, `$0.00108`, `5 days`."""
    term = FIELD_BY_NAME[name].term
    if value is None:
        return str(term.empty)
    if name == LOOK_BACK:
        return "1 day" if value == 1 else f"{value} days"
    if name == VOLUME:
        return f"{value:,} shares a day"
    if name == IMPACT and not value:
        return "none"
    if isinstance(term.kind, RateKind):
        return f"{show_decimal(value * 100, FORM, most=2 if name == LIMIT else 1)} %".replace(
            "-", "−"
        )
    if term.kind is PRICE:
        places = max(2, DIGITS - 1 - value.adjusted())
        return f"${show_decimal(value, FORM, least=2, most=places)}"
    return term.kind.show(value)


def drivers(project: Project, place: int) -> Iterator[Driver]:
    """The inputs that count for the note, with a value on each side; the project states price and drift."""
    for name in _names(project, place):
        own = field_value(project, name, place)
        low, high = _ends(project, name, own, place)
        if low != own or high != own:
            yield Driver(name, own, low, high)


def _names(project: Project, place: int) -> Iterator[str]:
    note, valuation = project.notes[place], project.valuation
    if valuation.volatility is not None and has_volatility(project):
        yield VOLATILITY
    if valuation.drift_rate is not None and valuation.price_model is not PriceModel.SCENARIO:
        yield DRIFT
    if has_discount(project, place):
        yield MULTIPLIER
    if has_look_back(project, place):
        yield LOOK_BACK
    if note.conversion.ownership_limit is not None:
        yield LIMIT
    if project.scenario.volume_shares is not None:
        yield VOLUME
    yield IMPACT


def _ends(project: Project, name: str, own: Any, place: int) -> tuple[Any, Any]:
    if name == DRIFT:
        return bounded(name, own - DRIFT_POINTS), bounded(name, own + DRIFT_POINTS)
    if name == MULTIPLIER:
        return bounded(name, own - POINTS), bounded(name, own + POINTS)
    if name == LIMIT:
        return bounded(name, own * HALF), None
    if name == IMPACT:
        return Decimal(0), bounded(name, max(own * TWICE, LEAST_IMPACT))
    low, high = bounded(name, own * HALF), bounded(name, own * TWICE)
    if name == LOOK_BACK:
        return max(low, qualifying(project.notes[place].conversion.rule)), high
    return low, high


def has_volatility(project: Project) -> bool:
    """Whether the prices are drawn with a volatility."""
    return project.valuation.price_model not in WITHOUT_VOLATILITY


def has_discount(project: Project, place: int) -> bool:
    """Whether the price of the note hangs on a multiplier."""
    return applies(MULTIPLIER, lambda name: field_value(project, name, place))


def has_look_back(project: Project, place: int) -> bool:
    """Whether the price of the note hangs on how many days the window has."""
    rule = project.notes[place].conversion.rule
    return has_discount(project, place) and rule.statistic is not Statistic.LAST


def qualifying(rule: PriceRule) -> int:
    """How many prices a window must have at least."""
    return rule.lowest_count if rule.statistic is Statistic.MEAN_OF_LOWEST else 1


def bounded(name: str, value: Any) -> Any:
    """A value within what the term allows; days and shares whole."""
    term = FIELD_BY_NAME[name].term
    value = round(value) if name in WHOLE else MONEY_CONTEXT.plus(value)
    low, high = term.minimum, term.maximum
    return max(low, min(high, value)) if low is not None and high is not None else value
