"""A convertible note: parties, dates, money, and its terms and ledger."""

from datetime import date
from decimal import Decimal

from notemodeler.domain.conversion import ConversionTerms
from notemodeler.domain.default import DefaultTerms
from notemodeler.domain.interest import InterestTerms
from notemodeler.domain.kinds import DATE, MONEY, TEXT, TextKind
from notemodeler.domain.ledger import LedgerEntry
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.numbers import LARGEST_AMOUNT
from notemodeler.domain.repayment import RepaymentTerms
from notemodeler.domain.terms import nested, term

NOTE, DATES, MONEY_GROUP = "Note", "Dates", "Money"


@dataclass(frozen=True)
class Note:
    """One convertible note with its terms and its ledger."""

    title: str = term("Convertible note", "Title", TEXT, "What you call this note.", group=NOTE)
    holder: str = term(
        "", "Holder", TEXT, "The lender who holds the note and may convert it.", group=NOTE
    )
    affiliate_group: str = term(
        "", "Affiliated with", TEXT,
        "The name of a group of holders that count as one for the ownership limit. Empty: the holder alone.",
        group=NOTE, aliases=("attribution group",),
    )  # fmt: skip
    agreement: str = term(
        "", "Drawn under", TEXT,
        "The agreement of which this note is one tranche; its tranches are listed together.", group=NOTE,
        aliases=("tranche of",),
    )  # fmt: skip
    remark: str = term(
        "", "Remark", TextKind(2000),
        "What a reader must know of this note: the filing that it comes from, what is inferred, what its "
        "sources do not state.", group=NOTE,
    )  # fmt: skip
    issue_date: date = term(
        date(2024, 1, 2), "Issue date", DATE, "The date of the note.", group=DATES,
    )  # fmt: skip
    funding_date: date = term(
        date(2024, 1, 2), "Funding date", DATE, "The day the company received the money.", group=DATES,
    )  # fmt: skip
    maturity_date: date = term(
        date(2025, 1, 2), "Maturity date", DATE, "The day principal and interest fall due.", group=DATES,
    )  # fmt: skip
    principal_amount: Decimal = term(
        Decimal(100000), "Principal", MONEY, "The face amount of the note.", group=MONEY_GROUP, unit="$",
        minimum=Decimal("0.01"), maximum=LARGEST_AMOUNT, usual_maximum=Decimal(100000000),
        aliases=("principal", "face amount"),
    )  # fmt: skip
    purchase_price_amount: Decimal | None = term(
        None, "Purchase price", MONEY,
        "What the holder pays for the note; the rest of the principal is original issue discount. "
        "Empty: the whole principal.", group=MONEY_GROUP, unit="$", minimum=Decimal("0.01"),
        maximum=LARGEST_AMOUNT, optional=True, empty="the principal", aliases=("purchase price",),
    )  # fmt: skip
    withheld_fees_amount: Decimal = term(
        Decimal(0), "Fees withheld", MONEY,
        "What the holder keeps back of the purchase price, such as its legal fees.",
        group=MONEY_GROUP, unit="$", minimum=Decimal(0), maximum=LARGEST_AMOUNT,
    )  # fmt: skip
    interest: InterestTerms = nested(InterestTerms)
    conversion: ConversionTerms = nested(ConversionTerms)
    repayment: RepaymentTerms = nested(RepaymentTerms)
    default: DefaultTerms = nested(DefaultTerms)
    ledger: tuple[LedgerEntry, ...] = ()

    @property
    def holder_key(self) -> str:
        """Notes of one key count together for the ownership limit; empty for a holder without a name."""
        return " ".join((self.affiliate_group or self.holder).lower().split())

    @property
    def paid_amount(self) -> Decimal:
        """What the holder pays for the note."""
        return (
            self.principal_amount
            if self.purchase_price_amount is None
            else self.purchase_price_amount
        )

    @property
    def original_issue_discount(self) -> Decimal:
        return self.principal_amount - self.paid_amount

    @property
    def proceeds(self) -> Decimal:
        """What arrives at the company."""
        return self.paid_amount - self.withheld_fees_amount
