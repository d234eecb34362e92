"""The Ascent Solar note of August 2018: terms from the filing, prices and share count illustrative."""

import dataclasses
import random
from datetime import date
from decimal import Decimal

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.conversion import ConversionTerms
from notemodeler.domain.issuer import Issuer, ShareCount
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.domain.valuation import Valuation
from notemodeler.io.trading_calendar import nyse_calendar

SAMPLE_NAME = "Ascent Solar sample"
SEED = 20180801
FIRST_BID, LAST_BID = date(2018, 7, 2), date(2019, 7, 31)
OPENS = date(2019, 2, 1)
"""Conversion opens half a year before maturity; the sample is valued on that day."""
NO_BID = date(2018, 9, 20)
NOT_RECORDED = (date(2018, 10, 16), date(2018, 10, 17))
"""A gap in the record, long before conversion opens: windows over it have no price until it is settled."""
TICK = Decimal("0.00001")
REMARK = (
    "Terms: Ascent Solar Technologies, Form 8-K of August 8, 2018. The closing bids and the shares "
    "outstanding are illustrative: they were made from a fixed seed and are not market data."
)


def ascent_project() -> Project:
    """The document of the first start."""
    return Project(
        issuer=Issuer(
            name="Ascent Solar Technologies, Inc.",
            ticker="ASTI",
            shares_outstanding=(
                ShareCount(date(2018, 6, 30), 1_000_000_000),
                ShareCount(date(2018, 12, 31), 1_400_000_000),
            ),
        ),
        prices=(illustrative_bids(nyse_calendar()),),
        notes=(ascent_note(),),
        valuation=Valuation(valuation_date=OPENS),
        remark=REMARK,
    )


def ascent_note() -> Note:
    """The $130,000 note as the filing describes it; what the filing does not say keeps its default."""
    return Note(
        title="Power Up note, $130,000",
        holder="Power Up Lending Group Ltd.",
        issue_date=date(2018, 8, 1),
        funding_date=date(2018, 8, 2),
        maturity_date=date(2019, 8, 1),
        principal_amount=Decimal(130000),
        conversion=dataclasses.replace(ConversionTerms(), opens_date=OPENS),
    )


def illustrative_bids(calendar: TradingCalendar) -> PriceSeries:
    """A made-up closing-bid series below a cent, with a day on which nobody bid and two that are missing."""
    draw = random.Random(SEED)
    price, bars = 0.0042, []
    for day in calendar.between(FIRST_BID, LAST_BID):
        price *= 1 + draw.gauss(-0.0035, 0.065)
        shown = max(TICK, Decimal(f"{price:.5f}"))
        if day not in NOT_RECORDED:
            bars.append(PriceBar(day, None if day == NO_BID else shown))
    return PriceSeries(
        PriceKind.BID, "Illustrative closing bids, made from a seed; not market data", tuple(bars)
    )
