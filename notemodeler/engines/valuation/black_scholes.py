"""Black and Scholes's call on today's conversion price, as preparers of reports value the conversion right."""

from math import erf, exp, log, sqrt


def normal_below(value: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * (1.0 + erf(value / sqrt(2.0)))


def call_value(
    share_price: float, strike: float, volatility: float, years: float, rate: float
) -> float:
    """A European call on one share without dividends (Black and Scholes 1973), in dollars.

    `volatility` and the continuously compounded `rate` are yearly. At or past its end a call is worth
    what exercising it gives.
    """
    deviation = volatility * sqrt(max(years, 0.0))
    if deviation <= 0:
        return max(0.0, share_price - strike * exp(-rate * max(years, 0.0)))
    upper = (log(share_price / strike) + rate * years) / deviation + deviation / 2
    paid = strike * exp(-rate * years) * normal_below(upper - deviation)
    return share_price * normal_below(upper) - paid


def preparers_value(
    amount: float,
    conversion_price: float,
    share_price: float,
    volatility: float,
    years: float,
    rate: float,
) -> float:
    """The conversion right as reports show it: a call for every share that the amount converts into today.

    It takes today's conversion price for the strike to the end, and so knows nothing of the look-back.
    """
    shares = amount / conversion_price
    return shares * call_value(share_price, conversion_price, volatility, years, rate)
