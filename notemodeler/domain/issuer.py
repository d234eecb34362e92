"""The company that sold the notes: its shares outstanding and authorised, splits, par and standing."""

import datetime
from decimal import Decimal
from itertools import pairwise

from notemodeler.domain.kinds import DATE, PRICE, SHARES, TEXT, Choice, ChoiceKind
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.prices import LARGEST_PRICE, SMALLEST_PRICE
from notemodeler.domain.rows import RowsKind, row_noun
from notemodeler.domain.terms import term

ISSUER, CAPITAL = "Issuer", "Share capital"


@dataclass(frozen=True, slots=True)
class ShareCount:
    """How many shares were outstanding on a day, as a report says."""

    date: datetime.date = term(
        None, "As of", DATE, "The day for which the count is reported.", group=ISSUER
    )
    shares: int = term(
        None, "Shares outstanding", SHARES,
        "Shares of common stock outstanding as that day begins; what it converts comes on top.",
        group=ISSUER, unit="shares", minimum=1, maximum=10**15,
    )  # fmt: skip


@row_noun
@dataclass(frozen=True, slots=True)
class AuthorisedShares:
    """How many shares the charter authorises from a day on."""

    from_date: datetime.date = term(None, "From", DATE, "The day of the charter or its amendment.")
    shares: int = term(
        None, "Authorised", SHARES, "Shares of common stock that the charter authorises.",
        unit="shares", minimum=1, maximum=10**15,
    )  # fmt: skip


@row_noun
@dataclass(frozen=True, slots=True)
class Split:
    """So many old shares became so many new ones as the day began: 10 and 1 for a reverse split of 1 for 10."""

    date: datetime.date = term(
        None, "Effective", DATE, "The first day on which the shares trade after the split."
    )
    old_shares: int = term(
        None, "Old shares", SHARES, "How many old shares are exchanged.", minimum=1, maximum=10**9,
    )  # fmt: skip
    new_shares: int = term(
        1, "New shares", SHARES, "How many new shares come in their place.", minimum=1, maximum=10**9,
    )  # fmt: skip


class StatusKind(Choice):
    """What stands in the way of delivering or quoting the shares."""

    DTC_CHILL = "dtc_chill", "DTC chill"
    NO_DEPOSIT = "no_deposit", "deposit refused"
    NOT_LISTED = "not_listed", "not quoted"
    LATE_REPORTS = "late_reports", "reports late"


@row_noun
@dataclass(frozen=True, slots=True)
class StatusEvent:
    """A time in which the shares could not be delivered or quoted, or reports were late."""

    kind: StatusKind = term(
        StatusKind.DTC_CHILL, "What", ChoiceKind(StatusKind), "What stood in the way."
    )
    from_date: datetime.date = term(None, "From", DATE, "The first day of it.")
    until_date: datetime.date | None = term(
        None, "Until", DATE, "The last day of it.", optional=True, empty="goes on"
    )


class ReportingStatus(Choice):
    """How the company reports to the SEC; it sets the Item 3.02 threshold and the Rule 144 holding period."""

    SMALLER = "smaller", "smaller reporting company"
    OTHER = "other", "other reporting company"
    NONE = "none", "not reporting"

    @property
    def sales_threshold(self) -> Decimal:
        """Unregistered sales of this part of the outstanding or more call for an 8-K (Form 8-K, Item 3.02)."""
        return Decimal("0.05") if self is ReportingStatus.SMALLER else Decimal("0.01")

    @property
    def holding_months(self) -> int:
        """Months until a holder who is no affiliate may sell (Rule 144(d)(1))."""
        return 12 if self is ReportingStatus.NONE else 6


@dataclass(frozen=True)
class Issuer:
    """The company that sold the notes."""

    name: str = term("", "Issuer", TEXT, "The company that sold the note.", group=ISSUER)
    ticker: str = term(
        "", "Ticker", TEXT, "The symbol under which the shares are quoted.", group=ISSUER
    )
    reporting: ReportingStatus = term(
        ReportingStatus.SMALLER, "Reports as", ChoiceKind(ReportingStatus),
        "How the company reports: unregistered sales of 5 % or more of the outstanding call for a "
        "report if it is a smaller reporting company, of 1 % or more otherwise.", group=ISSUER,
    )  # fmt: skip
    sales_report_date: datetime.date | None = term(
        None, "Sales last reported", DATE,
        "The last day through which unregistered sales of shares have been reported (8-K, 10-Q or "
        "10-K). Empty: the last reported share count before the day.", group=ISSUER, optional=True,
        empty="last share count", aliases=("item 3.02",),
    )  # fmt: skip
    par_price: Decimal | None = term(
        None, "Par value", PRICE, "The par value of one share today, after every split listed below.",
        group=CAPITAL, unit="$ a share", minimum=SMALLEST_PRICE, maximum=LARGEST_PRICE, optional=True,
        empty="no par value", aliases=("par value",),
    )  # fmt: skip
    shares_authorised: tuple[AuthorisedShares, ...] = term(
        (), "Authorised shares", RowsKind(AuthorisedShares),
        "How many shares the charter authorises, and from which day.", group=CAPITAL,
    )  # fmt: skip
    splits: tuple[Split, ...] = term(
        (), "Splits", RowsKind(Split),
        "Splits and reverse splits: prices, fixed prices, floors and share counts are carried across them.",
        group=CAPITAL, aliases=("reverse split",),
    )  # fmt: skip
    status_events: tuple[StatusEvent, ...] = term(
        (), "Deliverability", RowsKind(StatusEvent),
        "When shares could not be delivered or were not quoted; notes may step down then.",
        group=CAPITAL, aliases=("dtc chill",),
    )  # fmt: skip
    shares_outstanding: tuple[ShareCount, ...] = ()

    def __post_init__(self) -> None:
        dates = [count.date for count in self.shares_outstanding]
        if any(later <= earlier for earlier, later in pairwise(dates)):
            raise ValueError("share counts are in date order, each date once")
