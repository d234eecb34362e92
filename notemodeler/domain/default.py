"""Whether and how a note is in default, and what that costs."""

from datetime import date
from decimal import Decimal

from notemodeler.domain.kinds import DATE, MONEY, RATE, Choice, ChoiceKind
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.numbers import LARGEST_AMOUNT
from notemodeler.domain.rows import RowsKind, row_noun
from notemodeler.domain.terms import term

DEFAULT = "Default"


class DefaultEvent(Choice):
    """What kind of default it is; failing to deliver or to reserve shares may cost more."""

    PAYMENT = "payment", "failure to pay"
    DELIVERY = "delivery", "failure to deliver or reserve shares"
    REPORTING = "reporting", "failure to report"
    BANKRUPTCY = "bankruptcy", "bankruptcy or insolvency"
    OTHER = "other", "other event of default"


class DefaultBase(Choice):
    """What a default sum is a multiple of."""

    ALL_OWED = "all_owed", "principal and interest"
    PRINCIPAL = "principal", "principal only"


@row_noun
@dataclass(frozen=True, slots=True)
class DefaultSum:
    """A default sum that one kind of default calls for."""

    event: DefaultEvent = term(
        DefaultEvent.DELIVERY, "Event", ChoiceKind(DefaultEvent), "The kind of default."
    )
    multiple: Decimal = term(
        Decimal(2), "Default sum", RATE, "What becomes due, as a part of the base.",
        minimum=Decimal(1), maximum=Decimal(5), usual_maximum=Decimal(2),
    )  # fmt: skip


@dataclass(frozen=True)
class DefaultTerms:
    """Whether and how the note is in default, and what that costs."""

    default_date: date | None = term(
        None, "Default on", DATE, "The day of the event of default. Empty: no default.",
        group=DEFAULT, optional=True, empty="no default",
    )  # fmt: skip
    event: DefaultEvent = term(
        DefaultEvent.PAYMENT, "Event", ChoiceKind(DefaultEvent), "What kind of default it is.",
        group=DEFAULT, aliases=("default_kind",), applies_when=("note.default.default_date", None, False),
    )  # fmt: skip
    multiple: Decimal = term(
        Decimal(1), "Default sum", RATE,
        "What becomes due on default, as a share of principal and accrued interest: 150 % is common, "
        "100 % means no default sum.", group=DEFAULT, unit="% of what is due",
        minimum=Decimal(1), maximum=Decimal(5), usual_maximum=Decimal(2), aliases=("default_sum",),
    )  # fmt: skip
    sums: tuple[DefaultSum, ...] = term(
        (), "… by kind of default", RowsKind(DefaultSum),
        "Kinds of default that call for another sum: 200 % when shares are not delivered or reserved is "
        "common.", group=DEFAULT,
    )  # fmt: skip
    base: DefaultBase = term(
        DefaultBase.ALL_OWED, "Default sum of", ChoiceKind(DefaultBase),
        "Whether the default sum is a multiple of principal and accrued interest or of principal alone.",
        group=DEFAULT,
    )  # fmt: skip
    penalty_per_day_amount: Decimal = term(
        Decimal(0), "Penalty a day", MONEY,
        "What each day of late delivery costs; the ledger adds it to principal.", group=DEFAULT,
        unit="$ a day", minimum=Decimal(0), maximum=LARGEST_AMOUNT, usual_maximum=Decimal(5000),
        aliases=("liquidated damages",),
    )  # fmt: skip

    @property
    def multiple_due(self) -> Decimal:
        """The default sum for the kind of default that happened."""
        return next((row.multiple for row in self.sums if row.event is self.event), self.multiple)
