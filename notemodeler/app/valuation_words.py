"""The valuation in sentences: why the engines differ, and what each input is and where it comes from."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from notemodeler.app.valuation_columns import InputRow, as_price, as_rate, in_cents
from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import PRICE, RATE
from notemodeler.engines.valuation.fixed_date import fixed_date_worth
from notemodeler.engines.valuation.inputs import Inputs
from notemodeler.engines.valuation.windows import WindowRule
from notemodeler.engines.valuation.worth import Engine, FairValue
from notemodeler.engines.words import dollars, percent

NOTHING = Decimal(0)


def difference_sentences(values: Sequence[FairValue]) -> Iterator[str]:
    """Why the values stand apart; the first is the one that the others are held against."""
    by_engine = {value.engine: value for value in values if value.right is not None}
    main = values[0]
    if main.right is None:
        return
    for engine, against in AGAINST.items():
        other = by_engine.get(engine)
        if other is not None and other is not main and other.right is not None:
            yield against(main, other)


def _against_intrinsic(main: FairValue, other: FairValue) -> str:
    assert main.note is not None
    assert other.note is not None
    return (
        f"The discount alone makes the note worth {_money(other.note)}: everything converted today at the "
        f"conversion price of the day. The {main.engine.label} adds {_money(main.note - other.note)} for "
        "the choice of the day and for the look-back, which lets the holder convert at lows that are past."
    )


def _against_black_scholes(main: FairValue, other: FairValue) -> str:
    right, apart = main.right or 0.0, _apart(main, other)
    side = "below" if apart > 0 else "above"
    part = f" ({percent(_part(apart, right))})" if right > 0 else ""
    return (
        f"Black-Scholes on today's conversion price is {_money(abs(apart))}{part} {side} the "
        f"{main.engine.label}: it keeps today's conversion price to maturity as a strike, so it neither "
        "sees that the price of conversion follows the market down nor that it follows it up."
    )


def _against_simulation(main: FairValue, other: FairValue) -> str:
    apart = _apart(main, other)
    side = "below" if apart > 0 else "above"
    error = f" with a standard error of {_money(other.error)}" if other.error else ""
    return (
        f"The simulation is {_money(abs(apart))} {side} the {main.engine.label}{error}: it counts the "
        "limits on a conversion and the effect of sales, which the tree leaves out, and its holder "
        "decides by a regression, which is a little less than the best."
    )


def _apart(main: FairValue, other: FairValue) -> float:
    """By how much the main right is worth more; both are known."""
    assert main.right is not None
    assert other.right is not None
    return main.right - other.right


AGAINST: dict[Engine, Callable[[FairValue, FairValue], str]] = {
    Engine.INTRINSIC: _against_intrinsic,
    Engine.BLACK_SCHOLES: _against_black_scholes,
    Engine.SIMULATION: _against_simulation,
}
"""What is said of an engine beside the main one."""


def fixed_date_sentence(rule: WindowRule, inputs: Inputs) -> str:
    """What the look-back alone is worth: a dollar converted on a fixed date, whatever happens."""
    found = fixed_date_worth(rule, inputs.day_deviation)
    flat = 1 / min(window.multiplier for window in rule.windows)
    return (
        f"Converted on a fixed date, a dollar is worth ${found.worth:.4f} on average "
        f"(standard error {found.standard_error:.4f}): ${flat:.4f} is the discount, the rest is the look-back."
    )


def _money(value: float) -> str:
    return dollars(in_cents(value) or NOTHING)


def _part(amount: float, whole: float) -> Decimal:
    return round(Decimal(repr(abs(amount) / whole)), 3)


def input_rows(inputs: Inputs, conversion: str, owed: str) -> Iterator[InputRow]:
    """The inputs in reading order. `conversion` is the conversion price of the day, `owed` the balance."""
    yield InputRow("on", "Valuation date", show_date(inputs.on), "end of the day")
    price = as_price(inputs.price)
    from_table = f"price of {show_date(inputs.price_date)}" if inputs.price_date else _stated(price)
    yield InputRow(
        "share_price", "Share price", "" if price is None else PRICE.show(price), from_table
    )
    yield InputRow("conversion_price", "Conversion price", conversion, "for a notice on the day")
    yield InputRow("owed", "Owed", owed, "principal, interest and default sum")
    volatility = as_rate(inputs.volatility)
    yield InputRow(
        "volatility",
        "Volatility",
        "" if volatility is None else RATE.show(volatility),
        inputs.volatility_words,
    )
    yield _rate(
        "risk_free", "Risk-free rate", inputs.risk_free, "continuously compounded, of the term"
    )
    yield from _credit(inputs)
    yield InputRow(
        "maturity", "Maturity", show_date(inputs.maturity), f"{inputs.years:.4f} years, actual/365"
    )
    yield InputRow(
        "steps", "Trading days left", str(len(inputs.steps)), "of the exchange's calendar"
    )


def _stated(value: Decimal | None) -> str:
    return "none known" if value is None else "as stated"


def _credit(inputs: Inputs) -> Iterator[InputRow]:
    credit = inputs.credit
    if credit.discount is not None:
        words = "in place of risk-free rate, hazard and recovery"
        yield _rate("discount", "Holder's discount rate", credit.discount, words)
        return
    yield _rate(
        "hazard", "Hazard rate", credit.hazard, "a year; the share price does not move on it"
    )
    yield _rate("recovery", "Recovery", credit.recovery, "of the claim in a default")


def _rate(name: str, label: str, value: float, source: str) -> InputRow:
    shown = as_rate(value)
    assert shown is not None
    return InputRow(name, label, RATE.show(shown), source)
