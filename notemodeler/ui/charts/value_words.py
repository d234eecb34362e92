"""Prices, amounts and reasons as the charts word them."""

from decimal import Decimal

from notemodeler.domain.numbers import show_decimal
from notemodeler.engines.quote import Quote


def short_price(price: Decimal, figures: int = 4) -> str:
    """A price with at least four decimals and so many figures; an ellipsis says that there are more."""
    places = max(4, figures - 1 - price.adjusted())
    shown = show_decimal(price, least=4, most=places)
    return f"${shown}" + ("…" if price != price.quantize(Decimal(1).scaleb(-places)) else "")


def first_error(quote: Quote) -> str:
    """Why there is no conversion price on the day, in the words of the issue."""
    return next((issue.text for issue in quote.price.issues if issue.is_error), "")
