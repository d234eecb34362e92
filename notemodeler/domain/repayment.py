"""How a note is repaid in cash: prepayment by day range, instalments, redemptions at the holder's wish."""

import datetime
from decimal import Decimal

from notemodeler.domain.kinds import DATE, DAYS, MONEY, RATE, Choice, ChoiceKind
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.numbers import LARGEST_AMOUNT
from notemodeler.domain.rows import RowsKind, row_noun
from notemodeler.domain.terms import term

PREPAYMENT, INSTALMENTS = "Prepayment", "Instalments and redemptions"


@row_noun
@dataclass(frozen=True, slots=True)
class PrepaymentStep:
    """On the days of the range the company may prepay at this part of the base."""

    first_day: int = term(
        0, "First day", DAYS, "The first day of the range.", minimum=0, maximum=36600
    )
    last_day: int = term(
        None, "Last day", DAYS, "The last day of the range.", minimum=0, maximum=36600
    )
    percent: Decimal = term(
        Decimal("1.15"), "At", RATE, "What is paid, as a part of the base: 115 % is a premium of 15 %.",
        minimum=Decimal(0), maximum=Decimal(5), usual_minimum=Decimal(1), usual_maximum=Decimal(2),
    )  # fmt: skip


class PrepaymentBase(Choice):
    """What the prepayment percentage applies to."""

    PRINCIPAL_AND_INTEREST = "principal_and_interest", "principal and interest"
    PRINCIPAL = "principal", "principal only"


class DaysFrom(Choice):
    """From which day the days of a range are counted."""

    ISSUE = "issue", "issue date"
    FUNDING = "funding", "funding date"


class Settled(Choice):
    """How an instalment is taken to be settled on its day."""

    CASH = "cash", "in cash"
    SHARES = "shares", "in shares by the rule"
    LEDGER = "ledger", "as the ledger says"


@row_noun
@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of the note that falls due before maturity."""

    date: datetime.date = term(None, "Due", DATE, "The day on which the instalment falls due.")
    amount: Decimal | None = term(
        None, "Amount", MONEY, "Dollars due, of principal and interest together.", unit="$",
        minimum=Decimal("0.01"), maximum=LARGEST_AMOUNT, optional=True, empty="all that is owed",
    )  # fmt: skip
    premium: Decimal = term(
        Decimal(0), "Cash premium", RATE, "What comes on top if it is paid in cash: 10 % of the amount.",
        minimum=Decimal(0), maximum=Decimal(2),
    )  # fmt: skip
    settled: Settled = term(
        Settled.CASH, "Settled", ChoiceKind(Settled), "How the instalment is settled on its day."
    )


@dataclass(frozen=True)
class RepaymentTerms:
    """What the company may prepay and what it must repay before maturity."""

    prepayment_steps: tuple[PrepaymentStep, ...] = term(
        (), "Prepayment table", RowsKind(PrepaymentStep),
        "On which days after issue the company may prepay, and at how much: for example 115 % on days 0 "
        "to 30.", group=PREPAYMENT, aliases=("prepayment table",),
    )  # fmt: skip
    prepayment_base: PrepaymentBase = term(
        PrepaymentBase.PRINCIPAL_AND_INTEREST, "Percentage of", ChoiceKind(PrepaymentBase),
        "What the percentage applies to: principal and accrued interest, or principal alone with interest "
        "paid besides.", group=PREPAYMENT,
        applies_when=("note.repayment.prepayment_steps", (), False),
    )  # fmt: skip
    prepayment_days_from: DaysFrom = term(
        DaysFrom.ISSUE, "Days counted from", ChoiceKind(DaysFrom),
        "From which date the days of the prepayment table are counted.", group=PREPAYMENT,
        applies_when=("note.repayment.prepayment_steps", (), False),
    )  # fmt: skip
    prepayment_after: Decimal | None = term(
        None, "Afterwards at", RATE,
        "At how much the company may prepay after the last range. Empty: only with the holder's consent.",
        group=PREPAYMENT, unit="% of the base", minimum=Decimal(0), maximum=Decimal(5),
        usual_minimum=Decimal(1), usual_maximum=Decimal(2), optional=True, empty="only by consent",
        applies_when=("note.repayment.prepayment_steps", (), False),
    )  # fmt: skip
    instalments: tuple[Instalment, ...] = term(
        (), "Instalments", RowsKind(Instalment),
        "What falls due before maturity, and whether it is taken to be paid in cash, in shares, or only "
        "as the ledger says.", group=INSTALMENTS, aliases=("amortisation payments",),
    )  # fmt: skip
    redemption_monthly_amount: Decimal | None = term(
        None, "Redeemable a month", MONEY,
        "How much the holder may ask to be redeemed in any calendar month. Empty: nothing.",
        group=INSTALMENTS, unit="$", minimum=Decimal("0.01"), maximum=LARGEST_AMOUNT, optional=True,
        empty="no redemption",
    )  # fmt: skip
    redemption_opens_days: int = term(
        180, "Redeemable after", DAYS, "How many days after issue the holder may first redeem.",
        group=INSTALMENTS, unit="days after issue", minimum=0, maximum=3660,
        applies_when=("note.repayment.redemption_monthly_amount", None, False),
    )  # fmt: skip
