"""The columns of the price table, and how many decimals its prices are shown with."""

from collections.abc import Sequence

from notemodeler.domain.kinds import PRICE, TEXT
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.ui.tables.columns import TableColumn, typed_columns

DAY, QUOTED, LOW, TAG, REFERENCE, CONVERSION = range(6)
NO_RECORD, NO_QUOTE, NO_FIGURE = "no record", "no quote", "–"
DECIMALS_SHOWN = 8
ROUNDED = "Shown to eight decimals; a copy has them all."
SAMPLE_OF_BARS = 400


def price_columns(series: PriceSeries) -> tuple[TableColumn, ...]:
    """The columns in the order of the constants above."""
    day, price, tag = typed_columns(PriceBar, {"date": 13, "price": 13, "kind": 18})
    heading = series.kind.label[0].upper() + series.kind.label[1:]
    return (
        day,
        price._replace(heading=heading),
        TableColumn(
            "low", "Low", TEXT, 4,
            "The qualifying lows of the look-back that is under the cursor, 1 being the lowest.",
        ),
        tag,
        TableColumn(
            "reference_price", "Reference price", PRICE, 14,
            f"What the look-back gives for a notice on this day, before the discount. {ROUNDED}",
        ),
        TableColumn(
            "conversion_price", "Conversion price", PRICE, 14,
            f"The conversion price for a notice on this day. {ROUNDED}",
        ),
    )  # fmt: skip


def decimals_shown(bars: Sequence[PriceBar]) -> int:
    """How many decimals the prices are shown with, so that their points stand in line."""
    some = bars[:: max(1, len(bars) // SAMPLE_OF_BARS)]
    exponents = [bar.price.as_tuple().exponent for bar in some if bar.price is not None]
    needed = [-exponent for exponent in exponents if isinstance(exponent, int)]
    return min(max([4, *needed]), PRICE.most)
