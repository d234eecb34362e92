"""The columns of the price rule on the Conversion price sheet: windows, lows, reference and conversion price."""

from collections.abc import Iterator

from notemodeler.domain.rule import Statistic
from notemodeler.engines.day_windows import NO_WINDOW, DayWindow, LookedAt, Standing
from notemodeler.io.workbook.cells import Value, plain, serial
from notemodeler.io.workbook.price_formulas import PriceParts, Window
from notemodeler.io.workbook.rule_consequences import lows_shown, second_lows_shown
from notemodeler.io.workbook.sheet import WORKING, Column
from notemodeler.io.workbook.source import WorkbookInput

BY_LOWS = (Statistic.LOWEST, Statistic.MEAN_OF_LOWEST)


def price_parts(source: WorkbookInput) -> PriceParts:
    """The cells that the price is made of in this workbook."""
    shape = source.shape
    carried = "/[growth]" if shape.has_splits else ""
    lookback = "[lookback]" if shape.changes_lookback else "rule_lookback_days"
    main = Window(
        "", "[line]-1+window_shift", lookback, "lows_taken", "takes_last", source.prices_name, carried,
        lows_shown(source.note),
    )  # fmt: skip
    windows: tuple[Window, ...] = (main,)
    if source.has_second:
        last_line = "second_last" if source.second_is_anchored else "[line]-1+window_shift"
        second = Window(
            "_2", last_line, "second_lookback_days", "second_lows_taken", "second_takes_last",
            source.prices_name, carried, second_lows_shown(source.note),
        )  # fmt: skip
        windows = (main, second)
    changes = shape.changes_multiplier
    return PriceParts(
        windows,
        "[multiplier]" if changes else "rule_multiplier",
        "[fixed]" if shape.changes_fixed else "rule_fixed_price",
        "[multiplier_2]" if changes else "second_multiplier",
        "*issue_growth/[growth]" if shape.has_splits else "",
        carried,
        shape.has_par,
    )


def price_columns(source: WorkbookInput) -> Iterator[Column]:
    """From the window of each notice day to its conversion price."""
    parts = price_parts(source)
    for place, window in enumerate(parts.windows):
        yield from _window(source, parts, window, second=place == 1)
        yield from _lows(source, window, second=place == 1)
    yield from _prices(source, parts)


def _looked(source: WorkbookInput, *, second: bool) -> list[LookedAt]:
    """The window of each notice day; none where a fixed price counts alone."""
    windows = [day.window for day in source.notice_days]
    return [(each.second if second else each.main) or NO_WINDOW for each in windows]


def _window(
    source: WorkbookInput, parts: PriceParts, window: Window, *, second: bool
) -> Iterator[Column]:
    looked, mark = _looked(source, second=second), window.mark
    which = "Second window" if second else "Window"
    yield Column(
        f"last{mark}", f"{which}: last line", 8, "formula.number",
        [each.last_line for each in looked], window.last, heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        f"first{mark}", f"{which}: first line", 8, "formula.number",
        [each.first_line for each in looked], window.first, heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        f"found{mark}", f"{which}: prices found" if second else "Prices found", 8, "formula.number",
        [each.found for each in looked], window.found, heading_style=WORKING,
    )  # fmt: skip
    for end, words in (("first", "from"), ("last", "to")):
        yield Column(
            f"{end}_day{mark}", f"{which} {words}", 13, "formula.date",
            [_day(source, each, end) for each in looked], window.day(end),
        )  # fmt: skip
    standings = [
        _standing(day.window, look) for day, look in zip(source.notice_days, looked, strict=True)
    ]
    yield Column(
        f"standing{mark}", "Why no price" if not second else "Why no second price", 17, "formula.text",
        standings, parts.standing(window), defined_name=f"window_standing{mark}",
    )  # fmt: skip


def _day(source: WorkbookInput, look: LookedAt, end: str) -> Value:
    listed = source.listed.days
    if look.first_line < 1 or look.last_line > len(listed):
        return None
    return serial(listed[(look.first_line if end == "first" else look.last_line) - 1])


def _standing(window: DayWindow, look: LookedAt) -> str:
    return Standing.RULE.label if window.contradicts else look.standing.label


def _lows(source: WorkbookInput, window: Window, *, second: bool) -> Iterator[Column]:
    rule, mark, lows = source.note.conversion.rule, window.mark, window.shown
    statistic = rule.second.statistic if second else rule.statistic
    looked = _looked(source, second=second)
    chosen = [each.qualifying if statistic in BY_LOWS else () for each in looked]
    of = " of the second window" if second else ""
    for place in range(1, lows + 1):
        values = [plain(each[place - 1].price) if len(each) >= place else None for each in chosen]
        yield Column(
            f"low{place}{mark}",
            f"Low {place}{of}, $",
            13,
            "formula.price",
            values,
            window.low(place),
        )
    for place in range(1, lows + 1):
        values = [plain(each[place - 1].date) if len(each) >= place else None for each in chosen]
        yield Column(
            f"day{place}{mark}", f"Day of low {place}{of}", 13, "formula.date", values,
            window.low_day(place),
        )  # fmt: skip
    yield Column(
        f"reference{mark}", f"{'Second reference' if second else 'Reference'} price, $", 18,
        "formula.price", [plain(each.reference) for each in looked], window.reference(lows),
        defined_name=f"reference_price{mark}",
    )  # fmt: skip


def _prices(source: WorkbookInput, parts: PriceParts) -> Iterator[Column]:
    windows = [day.window for day in source.notice_days]
    composed = [source.composed_price(each) for each in windows]
    yield Column(
        "composed", "Times multiplier, with a fixed price, $", 18, "formula.price",
        [plain(price) for price in composed], parts.composed, heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "unrounded", "Not below the floor, $", 18, "formula.price",
        [plain(each.unrounded) for each in windows], parts.floored, heading_style=WORKING,
    )  # fmt: skip
    costs = source.shape.floor_costs
    if costs:
        yield Column(
            "unfloored", "Price without the floor, $", 18, "formula.price",
            [plain(source.unfloored_price(price)) for price in composed],
            parts.conversion("[composed]", needs_unfloored=False), defined_name="notice_unfloored",
            heading_style=WORKING,
        )  # fmt: skip
        yield Column(
            "binds", "Floor binds", 8, "formula.number",
            [
                int(price is not None and each.unrounded is not None and each.unrounded > price)
                for price, each in zip(composed, windows, strict=True)
            ],
            'IF([composed]="",0,IF([unrounded]>[composed],1,0))', defined_name="notice_binds",
            heading_style=WORKING,
        )  # fmt: skip
    yield Column(
        "conversion", "Conversion price, $", 19, "key.price",
        [plain(each.conversion) for each in windows],
        parts.conversion("[unrounded]", needs_unfloored=costs), defined_name="conversion_price",
    )  # fmt: skip
