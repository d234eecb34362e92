"""The Volatility sheet: the prices behind the historical volatility, return by return, and what they come to."""

from collections.abc import Iterator
from itertools import pairwise
from math import log, sqrt

from notemodeler.io.workbook.cells import Formula, plain
from notemodeler.io.workbook.sheet import Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.valuation_source import ReturnPrice, ValuationFound

TITLE = "Volatility"
HEADING_ROW = 12
WIDTHS = (28, 15, 14, 11, 15, 13, 15)


def write_volatility(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet; its result is named `volatility_of_prices`."""
    found = source.valuation
    assert found is not None
    sheet.head(
        "Historical volatility",
        "Sample standard deviation of daily log returns by the valuation date, times the root of the trading "
        "days of a year.",
        "A return over several trading days counts once, as a daily one: less its part of the mean, over the "
        "root of the days.",
    )
    figures = _Figures(found)
    _write_result(sheet, source, figures)
    sheet.table(HEADING_ROW, tuple(_columns(source, found, figures)), filtered=True)
    sheet.heights[HEADING_ROW] = 30


class _Figures:
    """What the formulas come to."""

    def __init__(self, found: ValuationFound) -> None:
        rows = found.returns
        self.logs = [log(float(row.price) * row.factor) for row in rows]
        self.gaps = [later.place - earlier.place for earlier, later in pairwise(rows)]
        self.returns = [later - earlier for earlier, later in pairwise(self.logs)]
        self.mean = sum(self.returns) / sum(self.gaps)
        self.scaled = [
            (each - self.mean * gap) / sqrt(gap)
            for each, gap in zip(self.returns, self.gaps, strict=True)
        ]
        self.daily = sqrt(sum(each**2 for each in self.scaled) / (len(self.returns) - 1))


def _write_result(sheet: Sheet, source: WorkbookInput, figures: _Figures) -> None:
    stated = source.project.valuation
    yearly = figures.daily * sqrt(stated.year_days)
    for row, (label, name, formula, value, kind) in enumerate(
        (
            ("Returns", "return_count", "COUNT(log_returns)", len(figures.returns), "count"),
            ("Mean of a trading day", "return_mean", "SUM(log_returns)/SUM(return_days)", figures.mean, "log"),
            (
                "Deviation of a trading day", "return_deviation",
                "SQRT(SUMPRODUCT(return_scaled,return_scaled)/(return_count-1))", figures.daily, "log",
            ),
            (
                "Trading days of a year", "return_year_days", "valuation_year_days", stated.year_days, "count",
            ),
            (
                "Volatility, a year", "volatility_of_prices", "return_deviation*SQRT(return_year_days)", yearly,
                "rate",
            ),
            (
                "Returns asked for", "return_asked", "valuation_volatility_days",
                stated.volatility_days, "count",
            ),
        ),
        start=5,
    ):  # fmt: skip
        sheet.put(row, 1, label, "label")
        role = "key" if name == "volatility_of_prices" else "formula"
        sheet.define(name, sheet.put(row, 2, Formula(formula, value), f"{role}.{kind}"))


def _columns(source: WorkbookInput, found: ValuationFound, figures: _Figures) -> Iterator[Column]:
    rows = found.returns
    first = {0: None}
    yield Column("date", "Trading day", WIDTHS[0], "fixed.date", [row.date for row in rows])
    yield _prices(source, rows)
    if any(row.factor != 1 for row in rows):
        yield Column(
            "factor", "Factor of splits before", WIDTHS[2], "fixed.factor", [row.factor for row in rows]
        )  # fmt: skip
        price = "[price]*[factor]"
    else:
        price = "[price]"
    yield Column(
        "place", "Trading day no.", WIDTHS[3], "fixed.number",
        [row.place - rows[0].place + 1 for row in rows], heading_style="working_heading",
    )  # fmt: skip
    yield Column("log", "Log of the price", WIDTHS[4], "formula.log", figures.logs, f"LN({price})")
    yield Column(
        "days", "Trading days since", WIDTHS[5], "formula.number", [None, *figures.gaps],
        "[place]-[^place]", first, defined_name="return_days",
    )  # fmt: skip
    yield Column(
        "return", "Log return", WIDTHS[4], "formula.log", [None, *figures.returns], "[log]-[^log]",
        first, defined_name="log_returns",
    )  # fmt: skip
    yield Column(
        "scaled", "As a daily return, less the mean", WIDTHS[6], "formula.log",
        [None, *figures.scaled], "([return]-return_mean*[days])/SQRT([days])", first,
        defined_name="return_scaled",
    )  # fmt: skip


def _prices(source: WorkbookInput, rows: tuple[ReturnPrice, ...]) -> Column:
    """By formula where every one of them stands on the Prices sheet."""
    listed = dict(zip(source.listed.days, source.listed.prices, strict=True))
    values = [plain(row.price) for row in rows]
    if any(listed.get(row.date) != row.price for row in rows):
        return Column("price", "Price, $", WIDTHS[1], "fixed.price", values)
    return Column(
        "price", "Price, $", WIDTHS[1], "formula.price", values, "INDEX(prices,MATCH([date],price_dates,0))"
    )  # fmt: skip
