"""Prices, amounts and reasons as the charts word them."""

from decimal import ROUND_DOWN, Decimal

from notemodeler.domain.dates import show_date
from notemodeler.domain.issuer import Split
from notemodeler.domain.numbers import show_decimal
from notemodeler.engines.quote import Quote


def short_price(price: Decimal, figures: int = 6) -> str:
    """A price with at least four decimals and so many figures; an ellipsis says that there are more.

    The digits before an ellipsis are those of the price, not rounded ones.
    """
    places = max(4, figures - 1 - price.adjusted())
    cut = price.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN)
    return f"${show_decimal(cut, least=4)}" + ("…" if price != cut else "")


def split_words(split: Split) -> str:
    """`reverse split 1 for 10, Jun 3, 2019`."""
    kind = "reverse split" if split.new_shares < split.old_shares else "split"
    return f"{kind} {split.new_shares:,} for {split.old_shares:,}, {show_date(split.date)}"


def first_error(quote: Quote) -> str:
    """Why there is no conversion price on the day, in the words of the issue."""
    return next((issue.text for issue in quote.price.issues if issue.is_error), "")
