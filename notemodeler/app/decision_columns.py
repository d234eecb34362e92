"""The columns of the decision tables: what each row of a decision is shown as, copied and exported."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from notemodeler.domain.columns import Column
from notemodeler.domain.kinds import COUNT, DATE, FLAG, MONEY, PRICE, RATE, SHARES, TEXT, RateKind
from notemodeler.domain.numbers import FORM, ROUNDING_CONTEXT, Style, show_decimal
from notemodeler.engines.decisions.all_in_cost import HELP
from notemodeler.engines.decisions.ladder import Level, Rung

TWELVE, SIX = Decimal(1).scaleb(-12), Decimal(1).scaleb(-6)
HUNDRED = Decimal(100)


class PercentKind(RateKind):
    """A rate that readers see with two decimals, so that a column of them stands in line."""

    def show(self, value: Decimal, style: Style = FORM) -> str:
        if not style.bare_rate_is_percent:
            return super().show(value, style)
        return show_decimal(value * HUNDRED, style, least=2, most=2) + " %"


PERCENT = PercentKind()


def _price(name: str) -> Callable[[Any], Decimal | None]:
    """A price of the row to twelve decimals, as many as a price can have; quotients have no end."""

    def value(row: Any) -> Decimal | None:
        price = getattr(row, name)
        return None if price is None else _to(price, TWELVE)

    return value


def _rate(name: str) -> Callable[[Any], Decimal | None]:
    """A part or a yearly rate of the row to six decimals."""

    def value(row: Any) -> Decimal | None:
        rate = getattr(row, name)
        return None if rate is None else _to(Decimal(rate), SIX)

    return value


def _to(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, rounding=ROUND_HALF_UP, context=ROUNDING_CONTEXT)


def change_words(rung: Rung) -> str:
    """What a rung of the ladder is called: `Down 50 %`."""
    if rung.level is not Level.FALL or rung.change is None:
        return rung.level.label
    return f"Down {show_decimal(-rung.change * HUNDRED, FORM, most=2)} %"


LADDER_COLUMNS = (
    Column("Market price is", change_words, TEXT, 22, "The market that is supposed.", "market"),
    Column("Market price", _price("market_price"), PRICE, 14, "In dollars a share.", "market_price"),
    Column(
        "Conversion price", _price("conversion_price"), PRICE, 16,
        "What the rule makes of a market that stands flat at that price.", "conversion_price",
    ),
    Column("Converted", lambda rung: rung.amount, MONEY, 15, "All that is owed on the day.", "amount"),
    Column(
        "Shares issued", lambda rung: rung.shares, SHARES, 17,
        "For all that is owed, before looking at any limit.", "shares",
    ),
    Column(
        "% of the company", _rate("share_of_company"), PERCENT, 15,
        "The new shares as a part of the shares outstanding after them.", "share_of_company",
    ),
    Column(
        "Worth", lambda rung: rung.market_value, MONEY, 15,
        "The new shares at the market price.", "market_value",
    ),
    Column(
        "Notices", lambda rung: rung.pace.lots if rung.pace else None, COUNT, 9,
        "In how many conversions, if each takes what the ownership limit allows. Empty: never all of it.",
        "lots",
    ),
    Column(
        "Trading days", lambda rung: rung.pace.trading_days if rung.pace else None, COUNT, 12,
        "At one notice a trading day, or as many as it takes to sell the shares at the assumed volume.",
        "trading_days",
    ),
    Column(
        "Last on", lambda rung: rung.pace.last_date if rung.pace else None, DATE, 13,
        "The last of these trading days.", "last_date",
    ),
    Column(
        "Beyond authorised", lambda rung: rung.authorised_short, SHARES, 17,
        "How many shares more than the charter authorises would be outstanding.", "authorised_short",
    ),
)  # fmt: skip

PREPAY_COLUMNS = (
    Column("Date", lambda row: row.date, DATE, 13, "Every calendar day.", "date"),
    Column("Day", lambda row: row.number, COUNT, 6, "As the prepayment table counts.", "day"),
    Column(
        "Prepay at", lambda row: row.payoff.percent if row.payoff else None, RATE, 10,
        "Empty where the company may prepay only with the holder's consent.", "percent",
    ),
    Column("Cash to pay off", lambda row: row.cash, MONEY, 15, "", "cash"),
    Column("Conversion price", _price("conversion_price"), PRICE, 16, "", "conversion_price"),
    Column("Shares", lambda row: row.shares, SHARES, 17, "For the whole balance, before any limit.", "shares"),
    Column("Market price", _price("market_price"), PRICE, 14, "The last one known.", "market_price"),
    Column("Shares are worth", lambda row: row.value, MONEY, 16, "", "value"),
    Column(
        "Prepaying saves", lambda row: row.saving, MONEY, 16,
        "What the shares are worth less the cash; negative where a conversion costs less.", "saving",
    ),
    Column("Cheaper", lambda row: row.cheaper.label if row.cheaper else "", TEXT, 12, "", "cheaper"),
    Column(
        "Hypothetical", lambda row: row.is_hypothetical, FLAG, 12,
        "Whether conversion has not opened yet.", "hypothetical",
    ),
    Column(
        "Price assumed", lambda row: row.is_continued, FLAG, 13,
        "Whether the day lies after the last price of the table.", "continued",
    ),
)  # fmt: skip

LOT_COLUMNS = (
    Column("Date", lambda lot: lot.date, DATE, 13, "The day of the notice.", "date"),
    Column("Conversion price", _price("price"), PRICE, 16, "", "price"),
    Column("Market price", _price("market_price"), PRICE, 14, "The last one known.", "market_price"),
    Column("Converted", lambda lot: lot.amount, MONEY, 15, "Off the balance.", "amount"),
    Column("Shares", lambda lot: lot.shares, SHARES, 17, "", "shares"),
    Column(
        "Held before", lambda lot: lot.held, SHARES, 17,
        "Shares not yet sold and whatever else counts against the ownership limit.", "held",
    ),
    Column("Outstanding after", lambda lot: lot.outstanding, SHARES, 18, "", "outstanding"),
    Column("Still owed", lambda lot: lot.owed, MONEY, 15, "Just after the notice.", "owed"),
)  # fmt: skip

DAY_COLUMNS = (
    Column("Date", lambda day: day.date, DATE, 13, "Every trading day.", "date"),
    Column("Market price", _price("price"), PRICE, 14, "The day's own.", "price"),
    Column("Price assumed", lambda day: day.is_continued, FLAG, 13, "", "continued"),
    Column("Conversion price", _price("conversion_price"), PRICE, 16, "", "conversion_price"),
    Column("Sold", lambda day: day.sold, SHARES, 15, "Of what was received before the day.", "sold"),
    Column("Still to sell", lambda day: day.held, SHARES, 16, "At the end of the day.", "held"),
    Column("Outstanding", lambda day: day.outstanding, SHARES, 18, "", "outstanding"),
    Column("Owed", lambda day: day.owed, MONEY, 15, "At the end of the day.", "owed"),
)  # fmt: skip

COST_COLUMNS = (
    Column("Part", lambda step: step.part.label, TEXT, 26, "What the cost is made of.", "part"),
    Column("Dollars", lambda step: step.amount, MONEY, 15, "", "amount"),
    Column("A year", _rate("rate"), PERCENT, 12, "Points that the part adds to the yearly rate.", "rate"),
    Column(
        "In all, a year", _rate("cumulated_rate"), PERCENT, 14,
        "The yearly rate with this part and those above it.", "cumulated_rate",
    ),
    Column("What it is", lambda step: HELP[step.part], TEXT, 60, "", "help"),
)  # fmt: skip
