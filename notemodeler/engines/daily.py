"""The figures of a note on every trading day at once, as the charts and tables show them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy

from notemodeler.domain.rule import FloorEffect
from notemodeler.engines.cost import Flow, annual_rate
from notemodeler.engines.daily_balance import daily_balances
from notemodeler.engines.daily_prices import DailyPrices, daily_prices
from notemodeler.engines.daily_shares import counts_by_day, market_values, shares_of_amounts
from notemodeler.engines.interest_charge import net_proceeds
from notemodeler.engines.price_arrays import Ints, ordinals_of
from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.quote import Quoter


@dataclass(frozen=True, slots=True)
class DailyFigures:
    """A notice of conversion of the whole balance on each day: arrays of one length, NaN where unknown.

    Money and prices are in dollars, counts are whole shares, all in float64. Balances and counts are
    those before the day's own ledger entries, as in `Quote`, and equal to it: `owed`, `shares`,
    `outstanding` and `limit_shares` exactly, `reference` and `conversion_price` within 2 units in
    the last place. The arrays may be shared with other figures: nobody may write into them.
    """

    days: tuple[date, ...]
    ordinals: Ints
    """The days as proleptic Gregorian ordinals."""
    price: Floats
    """The price of the day itself."""
    reference: Floats
    conversion_price: Floats
    principal: Floats
    interest: Floats
    default_sum: Floats
    owed: Floats
    """What a notice on the day could convert: principal, interest and default sum."""
    shares: Floats
    """What all that is owed, and the fee, would buy at the conversion price."""
    outstanding: Floats
    limit_shares: Floats
    """The most new shares that the ownership limit allows; NaN also where there is no limit."""
    share_of_company: Floats
    """`shares` over the outstanding after them, as a fraction that is not rounded."""
    market_value: Floats
    """`shares` at the latest price by the day; cash that comes besides is not in it."""
    converted: Floats
    """Dollars converted before the day."""
    issued_shares: Floats
    """Shares issued on conversion before the day."""


def daily_figures(quoter: Quoter, days: tuple[date, ...]) -> DailyFigures:
    """The figures for a notice on each of the days.

    What did not change since the call before, such as balances while only prices are edited, is not
    worked out again.
    """
    note, market = quoter.note, quoter.market
    terms = note.conversion
    prices = daily_prices(quoter.rule, market, days)
    balances = daily_balances(quoter.history, days)
    counts = counts_by_day(terms, quoter.history, quoter.register, quoter.stake, quoter.place, days)
    with numpy.errstate(invalid="ignore"):
        shares = _shares(quoter, balances.owed, prices, days)
        after = numpy.where(shares > 0, counts.outstanding + shares, numpy.nan)
        value = market_values(
            shares, prices.last_known, market, market.series_for(terms.rule.series), days
        )
    return DailyFigures(
        days=days,
        ordinals=ordinals_of(days),
        price=prices.own,
        reference=prices.reference,
        conversion_price=prices.conversion,
        principal=balances.principal,
        interest=balances.interest,
        default_sum=balances.default_sum,
        owed=balances.owed,
        shares=shares,
        outstanding=counts.outstanding,
        limit_shares=counts.limit_shares,
        share_of_company=shares / after,
        market_value=value,
        converted=counts.converted,
        issued_shares=counts.issued,
    )


def _shares(quoter: Quoter, owed: Floats, prices: DailyPrices, days: tuple[date, ...]) -> Floats:
    """The shares for all that is owed and the fee, by the price without floor where principal is added for it."""
    terms = quoter.note.conversion
    amounts = numpy.where(owed > 0, owed + float(terms.fee_amount), 0.0)
    unfloored = quoter.unfloored_rule
    if unfloored is None:
        return shares_of_amounts(amounts, prices, terms.share_rounding)
    counting = daily_prices(unfloored, quoter.market, days)
    shares = shares_of_amounts(amounts, counting, terms.share_rounding)
    floored = shares_of_amounts(amounts, prices, terms.share_rounding)
    return numpy.where(numpy.isfinite(shares), shares, floored) + 0 * prices.conversion


def annual_costs(quoter: Quoter, figures: DailyFigures) -> Floats:
    """What the proceeds cost a year if all were converted and sold on each day, as `Quoter.annual_cost` has it.

    One fraction a day, NaN where there is none. A table asks for it; no chart needs it.
    """
    note = quoter.note
    proceeds, takings = net_proceeds(note), _takings(quoter, figures)
    costs = _two_flow_costs(float(proceeds), note.funding_date, figures.ordinals, takings)
    taken = quoter.taken_before(date.max)
    if taken:
        first = max(min(flow.date for flow in taken), note.funding_date)
        start = Flow(note.funding_date, -proceeds)
        later = (figures.ordinals > first.toordinal()) & ~numpy.isnan(takings)
        for place in numpy.flatnonzero(later).tolist():
            day, value = figures.days[place], Decimal(takings[place])
            before = (flow for flow in taken if flow.date < day)
            rate = annual_rate([start, *before, Flow(day, value)])
            costs[place] = numpy.nan if rate is None else rate
    return costs


def _takings(quoter: Quoter, figures: DailyFigures) -> Floats:
    """What the holder takes out on each day: the shares at the market, and the cash that comes besides."""
    terms = quoter.note.conversion
    if not terms.cash_in_lieu and terms.rule.floor_effect is not FloorEffect.CASH:
        return figures.market_value
    known = numpy.flatnonzero(~numpy.isnan(figures.market_value)).tolist()
    takings = figures.market_value.copy()
    for place in known:
        takings[place] += float(quoter.on(figures.days[place]).cash)
    return takings


def _two_flow_costs(proceeds: float, funding: date, ordinals: Ints, takings: Floats) -> Floats:
    """The yearly rate in closed form: paid in on one day, all taken out on another."""
    days = ordinals - funding.toordinal()
    real = (days > 0) & (takings > 0) & (proceeds > 0)
    multiple = numpy.where(real, takings, numpy.nan) / (proceeds or numpy.nan)
    with numpy.errstate(over="ignore"):
        return numpy.asarray(numpy.power(multiple, 365 / numpy.maximum(days, 1)) - 1)
