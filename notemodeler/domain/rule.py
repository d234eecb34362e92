"""The price rule as the contract states it: how the price is composed, look-backs, steps, floor, rounding."""

from decimal import Decimal

from notemodeler.domain.kinds import DAYS, FLAG, PRICE, RATE, Choice, ChoiceKind, CountKind
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.prices import LARGEST_PRICE, SMALLEST_PRICE, PriceKind
from notemodeler.domain.rows import RowsKind
from notemodeler.domain.rule_steps import RuleStep
from notemodeler.domain.terms import nested, term

GROUP, SECOND_GROUP, FLOOR_GROUP = "Conversion price", "Second window", "Floor and rounding"
COMPOSITION = "note.conversion.rule.composition"
SECOND_ANCHOR = "note.conversion.rule.second.anchor"


class PriceComposition(Choice):
    """What the conversion price is made of."""

    VARIABLE = "variable", "variable price"
    FIXED = "fixed", "fixed price"
    LESSER_OF = "lesser_of", "lesser of fixed and variable"
    GREATER_OF = "greater_of", "greater of fixed and variable"


class Statistic(Choice):
    """How the reference price is made from the look-back."""

    LOWEST = "lowest", "the lowest"
    MEAN_OF_LOWEST = "mean_of_lowest", "average of the N lowest"
    MEAN = "mean", "average of all"
    LAST = "last", "the last"


class WindowEnd(Choice):
    """Where the look-back ends."""

    DAY_BEFORE = "day_before", "day before the notice"
    NOTICE_DAY = "notice_day", "notice day included"


class MissingPrices(Choice):
    """What the parties agreed for a trading day of the look-back that has no price."""

    REFUSE = "refuse", "no price until settled"
    LEAVE_OUT = "leave_out", "leave the day out"
    REACH_BACK = "reach_back", "reach one day further back"


class PriceRounding(Choice):
    """How the conversion price is rounded, if the note rounds it."""

    NONE = "none", "not rounded"
    DOWN = "down", "down"
    UP = "up", "up"
    HALF_UP = "half_up", "half up"


class WindowAnchor(Choice):
    """Where a second look-back ends, if the note has one."""

    NONE = "none", "no second window"
    ISSUE = "issue", "before the issue date"
    NOTICE = "notice", "before the notice"


class FloorEffect(Choice):
    """Who bears the difference when the floor holds the price up."""

    HOLDER = "holder", "the holder gets fewer shares"
    ADD_PRINCIPAL = "add_principal", "principal is added and converted"
    CASH = "cash", "the company pays the difference in cash"


@dataclass(frozen=True)
class SecondWindow:
    """A second look-back of the same price series: the holder converts at the lesser of the two prices."""

    anchor: WindowAnchor = term(
        WindowAnchor.NONE, "Second window", ChoiceKind(WindowAnchor),
        "Whether the note takes the lesser of two variable prices, and where the second window ends: "
        "before the note was signed, or before the notice.", group=SECOND_GROUP,
    )  # fmt: skip
    statistic: Statistic = term(
        Statistic.LOWEST, "Its reference price", ChoiceKind(Statistic),
        "How the reference price is made from the prices of the second window.", group=SECOND_GROUP,
        applies_when=(SECOND_ANCHOR, WindowAnchor.NONE, False),
    )  # fmt: skip
    lowest_count: int = term(
        1, "Its lowest averaged", CountKind(),
        "How many of the lowest prices of the second window are averaged.", group=SECOND_GROUP,
        unit="prices", minimum=1, maximum=250, usual_maximum=20,
        applies_when=("note.conversion.rule.second.statistic", Statistic.MEAN_OF_LOWEST, True),
    )  # fmt: skip
    lookback_days: int = term(
        20, "Its look-back", DAYS, "How many trading days the second window has.",
        group=SECOND_GROUP, unit="trading days", minimum=1, maximum=250, usual_maximum=35,
        applies_when=(SECOND_ANCHOR, WindowAnchor.NONE, False),
    )  # fmt: skip
    multiplier: Decimal = term(
        Decimal("0.65"), "Its multiplier", RATE,
        "The share of the second window's reference price at which the holder converts.",
        group=SECOND_GROUP, unit="% of the reference price", minimum=Decimal("0.01"),
        maximum=Decimal(2), usual_minimum=Decimal("0.25"), usual_maximum=Decimal("0.95"),
        applies_when=(SECOND_ANCHOR, WindowAnchor.NONE, False),
    )  # fmt: skip


@dataclass(frozen=True)
class PriceRule:
    """One floating-price rule. The engine turns it into parts that compute, explain and phrase themselves."""

    composition: PriceComposition = term(
        PriceComposition.VARIABLE, "Price is", ChoiceKind(PriceComposition),
        "What the conversion price is made of: the variable price alone, a fixed price alone, or the "
        "lesser or the greater of the two.", group=GROUP,
    )  # fmt: skip
    fixed_price: Decimal | None = term(
        None, "Fixed price", PRICE,
        "The fixed conversion price, in dollars a share of the day the note was signed; splits carry it on.",
        group=GROUP, unit="$ a share", minimum=SMALLEST_PRICE, maximum=LARGEST_PRICE, optional=True,
        empty="none", aliases=("fixed conversion price",),
        applies_when=(COMPOSITION, PriceComposition.VARIABLE, False),
    )  # fmt: skip
    fixed_for_days: int | None = term(
        None, "Fixed price alone for", DAYS,
        "For so many days after the issue date the fixed price counts alone; from then on the variable "
        "price counts too. 180 is common.", group=GROUP, unit="days after issue", minimum=1,
        maximum=3660, optional=True, empty="no such time",
        applies_when=(COMPOSITION, PriceComposition.VARIABLE, False),
    )  # fmt: skip
    series: PriceKind = term(
        PriceKind.BID,
        "Price series",
        ChoiceKind(PriceKind),
        "Which price of each trading day counts. A note that says closing bid does not mean the last trade.",
        group=GROUP,
        applies_when=(COMPOSITION, PriceComposition.FIXED, False),
        aliases=("price series", "basis"),
    )
    statistic: Statistic = term(
        Statistic.MEAN_OF_LOWEST,
        "Reference price",
        ChoiceKind(Statistic),
        "How the reference price is made from the prices of the look-back: for example the average of the "
        "three lowest closing bids.",
        group=GROUP,
        applies_when=(COMPOSITION, PriceComposition.FIXED, False),
    )
    lowest_count: int = term(
        3,
        "Lowest prices averaged",
        CountKind(),
        "How many of the lowest prices are averaged. Of equal prices the earliest day qualifies.",
        group=GROUP,
        unit="prices",
        minimum=1,
        maximum=250,
        usual_maximum=20,
        aliases=("n lowest",),
        applies_when=("note.conversion.rule.statistic", Statistic.MEAN_OF_LOWEST, True),
    )
    lookback_days: int = term(
        10,
        "Look-back",
        DAYS,
        "How many trading days the window has. Trading days, not calendar days.",
        group=GROUP,
        applies_when=(COMPOSITION, PriceComposition.FIXED, False),
        unit="trading days",
        minimum=1,
        maximum=250,
        usual_maximum=35,
        aliases=("look-back", "pricing period", "valuation period"),
    )
    window_end: WindowEnd = term(
        WindowEnd.DAY_BEFORE,
        "Window ends",
        ChoiceKind(WindowEnd),
        "Whether the window ends on the last complete trading day before the notice of conversion, or "
        "includes the day of the notice.",
        group=GROUP,
        applies_when=(COMPOSITION, PriceComposition.FIXED, False),
    )
    missing_prices: MissingPrices = term(
        MissingPrices.REFUSE,
        "Days without a price",
        ChoiceKind(MissingPrices),
        "What to do when a trading day of the window has no price. By default no conversion price is "
        "given until the day is settled; the other readings are always named beside the figure.",
        group=GROUP,
        applies_when=(COMPOSITION, PriceComposition.FIXED, False),
    )
    multiplier: Decimal = term(
        Decimal("0.65"),
        "Multiplier",
        RATE,
        "The share of the reference price at which the holder converts: 65 % of the reference is a "
        "discount of 35 %.",
        group=GROUP,
        applies_when=(COMPOSITION, PriceComposition.FIXED, False),
        unit="% of the reference price",
        minimum=Decimal("0.01"),
        maximum=Decimal(2),
        usual_minimum=Decimal("0.25"),
        usual_maximum=Decimal("0.95"),
        aliases=("conversion percentage", "discount"),
    )
    second: SecondWindow = nested(SecondWindow)
    steps: tuple[RuleStep, ...] = term(
        (), "Steps", RowsKind(RuleStep),
        "When the rule changes: from a date, on default, below a price, or while shares cannot be "
        "delivered; each row says what becomes of multiplier, look-back or fixed price.",
        group="Steps of the price", aliases=("ratchet", "adjustments"),
    )  # fmt: skip
    floor_price: Decimal | None = term(
        None,
        "Floor",
        PRICE,
        "The conversion price never falls below this price, in dollars a share of the day the note was "
        "signed; splits carry it on. Empty: no floor.",
        group=FLOOR_GROUP,
        unit="$ a share",
        minimum=SMALLEST_PRICE,
        maximum=LARGEST_PRICE,
        optional=True,
        empty="no floor",
        aliases=("greater of",),
    )
    floor_at_par: bool = term(
        False, "Not below par", FLAG,
        "Whether the conversion price cannot go under the par value of a share, which the law of many "
        "states asks for.", group=FLOOR_GROUP, aliases=("par floor",),
    )  # fmt: skip
    floor_effect: FloorEffect = term(
        FloorEffect.HOLDER, "When the floor binds", ChoiceKind(FloorEffect),
        "Whether the holder simply gets fewer shares, or principal is added so that the share count stays "
        "the same, or the company pays the difference in cash.", group=FLOOR_GROUP,
    )  # fmt: skip
    rounding: PriceRounding = term(
        PriceRounding.NONE,
        "Price rounded",
        ChoiceKind(PriceRounding),
        "How the conversion price is rounded before shares are counted. It changes share counts: say "
        "“not rounded” unless the note rounds.",
        group=FLOOR_GROUP,
    )
    rounding_places: int = term(
        4,
        "Decimals of the price",
        CountKind(),
        "To how many decimals the conversion price is rounded, if it is rounded.",
        group=FLOOR_GROUP,
        unit="decimals",
        minimum=0,
        maximum=12,
        applies_when=("note.conversion.rule.rounding", PriceRounding.NONE, False),
    )

    @property
    def discount(self) -> Decimal:
        return 1 - self.multiplier

    @property
    def cap_price(self) -> Decimal | None:
        """The fixed price where it caps the variable one."""
        return self.fixed_price if self.composition is PriceComposition.LESSER_OF else None
