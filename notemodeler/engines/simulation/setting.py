"""What a simulation is told of the company and its notes: plain numbers, one for each simulated day."""

from dataclasses import dataclass, field

from notemodeler.engines.price_arrays import Ints
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.formula import Formula
from notemodeler.engines.simulation.policies import AtOnce, Policy
from notemodeler.engines.simulation.twin_days import Figure


@dataclass(frozen=True, eq=False)
class Feed:
    """One series of prices that windows look at: its known past and how it goes with the simulated price.

    `past` are the last known prices, oldest first; a simulated price is that of the path times `part`.
    With `with_today` a window of a notice holds the day of the notice.
    """

    past: Floats
    part: float
    with_today: bool
    figures: tuple[Figure, ...]


@dataclass(frozen=True, eq=False)
class Trigger:
    """A price, in dollars of the feed, under which another formula counts.

    If `lasts`, it does for good from the day after; else for the notices whose last price is below.
    `held` says whether it does as the simulation begins.
    """

    price: float
    lasts: bool
    held: bool


@dataclass(frozen=True, eq=False)
class RuleDays:
    """The formulas of a note by day: `of_day[t]` is a row of `formulas`.

    A row has one formula for each set of triggers that hold: place = sum of 2^i over those that do.
    """

    of_day: tuple[int, ...]
    formulas: tuple[tuple[Formula | None, ...], ...]
    triggers: tuple[Trigger, ...] = ()


@dataclass(frozen=True, eq=False)
class NoteCourse:
    """One note as the simulation sees it; days count from 0, the first simulated trading day.

    `owed[t]` is what the note would owe on day t if nothing were converted, before cash paid on it;
    what is converted takes its part off this course for good, so interest and instalments shrink in
    proportion (the order in which a contract settles interest and principal is not followed). `due`
    is what is paid at maturity if nothing was converted, `due_worth` its worth on the day `ends`.
    `claims[t]` is what the holder of the whole note may claim if the company fails on the day, `cash[t]`
    what is paid on it that day. `month[t]` numbers calendar months.
    """

    place: int
    rule: RuleDays
    feed: int
    owed: Floats
    claims: Floats
    cash: Floats
    month: Ints
    opens: int
    ends: int
    """The day on which what is left is paid in cash; beyond the last day if that is not simulated."""
    holder: int
    own_shares: float
    """Shares held besides those that are simulated."""
    limit: float | None
    minimum: float = 0.0
    month_cap: float | None = None
    month_used: float = 0.0
    fee: float = 0.0
    exchange_room: float | None = None
    reserved: float | None = None
    policy: Policy = field(default_factory=AtOnce)
    due: float = 0.0
    due_worth: float = 0.0
    sells: bool = True
    """Whether the holder sells each lot before its next notice; if not, it keeps them all."""


@dataclass(frozen=True, eq=False)
class Setting:
    """The company, its market and all notes that are simulated.

    `centre[t]` is the expected price of day t in dollars, impact aside. `discount[t]` is the present
    value of a dollar paid on day t if the note is still alive, `recovery[t]` that of a dollar owed as
    the company fails on the day. `authorised[t]` is infinite where the charter is not known.
    `impact` is by what part the price falls when the holders sell 100 % of the outstanding.
    """

    centre: Floats
    discount: Floats
    recovery: Floats
    outstanding: float | None
    authorised: Floats
    feeds: tuple[Feed, ...]
    notes: tuple[NoteCourse, ...]
    holders: int
    impact: float = 0.0
    daily_sale: float | None = None
    sells_next_day: bool = True
    """Whether shares are sold from the day after their notice on, else on the very day."""

    @property
    def days(self) -> int:
        return len(self.centre)
