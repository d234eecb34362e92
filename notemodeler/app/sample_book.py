"""The Ascent book of 2018-2019: the notes as filings report them, what is inferred marked as such."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.conversion import AppliedFirst, ConversionTerms
from notemodeler.domain.interest import InterestTerms
from notemodeler.domain.issuer import AuthorisedShares, Issuer, ShareCount
from notemodeler.domain.ledger import LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.rule import PriceComposition, PriceRule, Statistic
from notemodeler.io.trading_calendar import nyse_calendar

BOOK_NAME = "The Ascent book of 2018-2019"
SEED = 20191231
FIRST_BID, LAST_BID = date(2018, 7, 2), date(2020, 1, 31)
FIRST_PRICE, DRIFT, SPREAD = 0.0042, -0.0050, 0.045
TICK = Decimal("0.00001")
REMARK = (
    "The convertible notes that Ascent Solar Technologies reported for 2018 and 2019, each with the filing "
    "that it comes from. What the filings at hand do not state is inferred and marked “inferred:” where it "
    "stands.\n"
    "Reported, and tied to the dollar: the principal of the Power Up notes, 225,000 on December 31, 2018 and "
    "149,500, 149,500, 134,900 and 106,820 at the quarter ends of 2019 (Forms 10-Q and 10-K), with 107,000 "
    "and 42,500 of new notes in the first two quarters and conversions of 182,500, 42,500, 14,600 and 28,080 "
    "of principal.\n"
    "inferred: on which days and in which lots Power Up converted; conversions settle principal first, as "
    "the reported roll-forward does. Conversions under the other notes are left out. Shares outstanding and "
    "authorised and all prices are illustrative: they were made for this sample and are not market data."
)
POWER_UP, BAYBRIDGE = "Power Up Lending Group Ltd.", "BayBridge Capital Fund, L.P."
ST_GEORGE, GS_CAPITAL = "St. George Investments LLC", "GS Capital Partners, LLC"
TRANCHES = "St. George agreement of March 13, 2019"
LOT = "inferred: day and amount; reported is the principal converted in the quarter"
LAST_LOT = "inferred: day, and that the interest went with the last principal"
EIGHT, TWELVE = Decimal("0.08"), Decimal("0.12")


def ascent_book() -> Project:
    """The company's book as a document with a note for each note, or tranche of one, that was sold."""
    return Project(
        issuer=Issuer(
            name="Ascent Solar Technologies, Inc.",
            ticker="ASTI",
            par_price=Decimal("0.0001"),
            shares_authorised=(AuthorisedShares(date(2018, 1, 1), 20_000_000_000),),
            shares_outstanding=(
                ShareCount(date(2018, 6, 30), 7_000_000_000),
                ShareCount(date(2018, 12, 31), 9_600_000_000),
            ),
        ),
        prices=(illustrative_bids(nyse_calendar()),),
        notes=tuple(sorted(_notes(), key=lambda note: note.issue_date)),
        remark=REMARK,
    )


def illustrative_bids(calendar: TradingCalendar) -> PriceSeries:
    """A made-up closing-bid series for every trading day of the book."""
    draw = random.Random(SEED)
    price, bars = FIRST_PRICE, []
    for day in calendar.between(FIRST_BID, LAST_BID):
        price *= 1 + draw.gauss(DRIFT, SPREAD)
        bars.append(PriceBar(day, max(TICK, Decimal(f"{price:.5f}"))))
    return PriceSeries(
        PriceKind.BID, "Illustrative closing bids, made from a seed; not market data", tuple(bars)
    )


def _notes() -> Iterable[Note]:
    yield from _power_up_notes()
    yield from _baybridge_notes()
    yield from _st_george_notes()
    yield from _other_notes()


def _power_up_notes() -> Iterable[Note]:
    """Six notes on one form; of three of them the quarterly reports give the amount alone."""
    yield replace(
        _power_up(
            "130,000", date(2018, 8, 1), date(2018, 8, 2), "Form 8-K of August 8, 2018.",
            _lots("2019-02-01 15000", "2019-02-08 20000", "2019-02-15 25000", "2019-02-26 30000", "2019-03-08"),
        ),
        conversion=_power_up_conversion(date(2019, 2, 1)),
    )  # fmt: skip
    yield _power_up(
        "52,500", date(2018, 9, 12), date(2018, 9, 13),
        "inferred: the note, for 225,000 was owed at the end of 2018 and the two others make 172,500; its "
        "dates, for it was converted in the first quarter of 2019.",
        _lots("2019-03-13 12500", "2019-03-20 20000", "2019-03-28"),
    )  # fmt: skip
    yield _power_up(
        "42,500", date(2018, 10, 16), date(2018, 10, 17), "Form 8-K of October 23, 2018.",
        _lots("2019-04-16 15000", "2019-05-07 12500", "2019-06-04"),
    )  # fmt: skip
    yield _power_up(
        "54,500", date(2019, 1, 24), date(2019, 1, 25),
        "inferred: the note, for 107,000 was new in the first quarter of 2019 and the other note of that "
        "quarter is 52,500; its dates.",
        _lots("2019-08-01 7100", "2019-09-10 7500", "2019-10-08 9080", "2019-11-05 9000", "2019-12-03 10000"),
    )  # fmt: skip
    yield _power_up(
        "52,500", date(2019, 3, 7), date(2019, 3, 11),
        "Form 8-K of March 2019: conversion from September 2019.", (),
    )  # fmt: skip
    yield _power_up(
        "42,500", date(2019, 5, 14), date(2019, 5, 15),
        "inferred: the note, for new notes of 2019 came to 149,500 by the end of June and to 107,000 by the "
        "end of March; its dates.", (),
    )  # fmt: skip


def _power_up(
    amount: str, issued: date, funded: date, remark: str, ledger: tuple[LedgerEntry, ...]
) -> Note:
    return Note(
        title=f"Power Up note, ${amount}",
        holder=POWER_UP,
        remark=remark,
        issue_date=issued,
        funding_date=funded,
        maturity_date=_a_year_after(issued),
        principal_amount=Decimal(amount.replace(",", "")),
        interest=InterestTerms(rate=EIGHT),
        conversion=_power_up_conversion(None),
        ledger=ledger,
    )


def _power_up_conversion(opens: date | None) -> ConversionTerms:
    return ConversionTerms(opens_date=opens, applied_first=AppliedFirst.PRINCIPAL)


def _lots(*lots: str) -> tuple[LedgerEntry, ...]:
    """Conversions of `day amount`; one without an amount takes all that is left."""
    made = []
    for lot in lots:
        day, _, amount = lot.partition(" ")
        entry = LedgerEntry(date.fromisoformat(day), remark=LOT if amount else LAST_LOT)
        made.append(replace(entry, amount=Decimal(amount) if amount else None))
    return tuple(made)


def _baybridge_notes() -> Iterable[Note]:
    """Exchange notes: older promissory notes given back, new ones on the lesser of two prices."""
    march, august = date(2019, 3, 11), date(2019, 8, 22)
    words = "for an older promissory note of"
    filed = "Form 8-K of March 2019"
    for amount, given, issued, cap, source in (
        ("160,000", "123,816.67", march, "0.003", filed),
        ("150,000", "127,280.00", march, "0.003", filed),
        ("400,000", "323,400.00", august, "0.0005", "Form 8-K of August 2019"),
    ):
        yield Note(
            title=f"BayBridge exchange note, ${amount}",
            holder=BAYBRIDGE,
            remark=f"{source}: issued {words} ${given}, which is entered as what was paid for it. "
            "inferred: the ownership limit of 4.99 %.",
            issue_date=issued,
            funding_date=issued,
            maturity_date=_a_year_after(issued),
            principal_amount=Decimal(amount.replace(",", "")),
            purchase_price_amount=Decimal(given.replace(",", "")),
            interest=InterestTerms(rate=TWELVE, default_rate=Decimal("0.18")),
            conversion=ConversionTerms(opens_days=0, rule=_capped(Decimal(cap))),
        )


def _capped(fixed: Decimal) -> PriceRule:
    return replace(
        _lowest_of_five("0.65"), composition=PriceComposition.LESSER_OF, fixed_price=fixed
    )


def _lowest_of_five(multiplier: str) -> PriceRule:
    return PriceRule(statistic=Statistic.LOWEST, lookback_days=5, multiplier=Decimal(multiplier))


def _st_george_notes() -> Iterable[Note]:
    """A large secured note, and two of the three tranches of a second one."""
    conversion = ConversionTerms(
        rule=PriceRule(lowest_count=2, lookback_days=10, multiplier=Decimal("0.60"))
    )
    yield Note(
        title="St. George note, $1,220,000",
        holder=ST_GEORGE,
        remark="Form 8-K of November 13, 2018. inferred: maturity, interest and the price rule, which is "
        "that of the note of March 2019; any original issue discount is left out.",
        issue_date=date(2018, 11, 5),
        funding_date=date(2018, 11, 7),
        maturity_date=date(2019, 11, 5),
        principal_amount=Decimal(1220000),
        conversion=conversion,
    )
    for which, principal, paid, funded in (
        ("first", 125000, 105000, date(2019, 3, 15)),
        ("second", 120000, 100000, date(2019, 3, 21)),
    ):
        yield Note(
            title=f"St. George, {which} tranche, ${principal:,}",
            holder=ST_GEORGE,
            agreement=TRANCHES,
            remark="Form 8-K of March 22, 2019: three tranches of $365,000 in all with a discount of $60,000, "
            "$205,000 received for the first two. inferred: how principal and proceeds divide between the "
            "tranches, the days of funding, and interest. The third tranche is left out.",
            issue_date=date(2019, 3, 13),
            funding_date=funded,
            maturity_date=date(2020, 3, 15),
            principal_amount=Decimal(principal),
            purchase_price_amount=Decimal(paid),
            conversion=conversion,
        )


def _other_notes() -> Iterable[Note]:
    yield Note(
        title="Global Ichiban note, $150,000",
        holder="Global Ichiban Ltd",
        remark="Form 8-K of October 23, 2018: a secured note; the Form 10-K of 2019 counts Global Ichiban's "
        "notes as convertible. inferred: maturity, interest and the whole price rule, taken from the note "
        "of January 11, 2019.",
        issue_date=date(2018, 10, 22),
        funding_date=date(2018, 10, 22),
        maturity_date=date(2019, 10, 22),
        principal_amount=Decimal(150000),
        interest=InterestTerms(rate=TWELVE),
        conversion=ConversionTerms(rule=_lowest_of_five("0.80")),
    )
    yield Note(
        title="Widjaja note, $330,000",
        holder="Jason Widjaja",
        remark="Form 8-K of January 2019: 12 %, 80 % of the lowest closing bid of five days, at any time; no "
        "ownership limit is mentioned.",
        issue_date=date(2019, 1, 11),
        funding_date=date(2019, 1, 11),
        maturity_date=date(2020, 1, 11),
        principal_amount=Decimal(330000),
        interest=InterestTerms(rate=TWELVE),
        conversion=ConversionTerms(
            opens_days=0, ownership_limit=None, rule=_lowest_of_five("0.80")
        ),
    )
    for amount, paid, issued, source in (
        ("108,068.36", "75,000", date(2019, 2, 22), "Form 8-K of February 28, 2019"),
        ("70,500", "68,425", date(2019, 8, 26), "Form 8-K of August 30, 2019"),
    ):
        yield Note(
            title=f"GS Capital note, ${amount}",
            holder=GS_CAPITAL,
            remark=f"{source}: ${amount} of principal for ${paid}, 8 %. inferred: the whole price rule, "
            "taken from Power Up's form, and the day of funding.",
            issue_date=issued,
            funding_date=issued,
            maturity_date=_a_year_after(issued),
            principal_amount=Decimal(amount.replace(",", "")),
            purchase_price_amount=Decimal(paid.replace(",", "")),
            interest=InterestTerms(rate=EIGHT),
        )


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1)
