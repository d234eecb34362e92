"""What follows from the price rule: how many lows are averaged, where the window ends, what counts alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from notemodeler.domain.dates import LATEST
from notemodeler.domain.note import Note
from notemodeler.domain.rule import (
    MissingPrices,
    PriceComposition,
    PriceRounding,
    Statistic,
    WindowEnd,
)
from notemodeler.io.workbook.cells import Value, serial
from notemodeler.io.workbook.share_formulas import growth_on
from notemodeler.io.workbook.source import WorkbookInput


@dataclass(frozen=True, slots=True)
class Consequence:
    """A value that follows from the terms and has a name of its own."""

    name: str
    label: str
    formula: str
    cached: Value
    kind: str
    help: str


def rule_consequences(source: WorkbookInput) -> Iterator[Consequence]:
    """What follows from the price rule."""
    yield from _main_consequences(source.note)
    if source.has_second:
        yield from _second_consequences(source)
    if source.has_splits:
        issued = source.note.issue_date
        yield Consequence(
            "issue_growth", "Prices of the issue date times", growth_on("note_issue_date"),
            source.growth_on(issued), "factor", "Carries fixed, floor and trigger prices over splits.",
        )  # fmt: skip


def _main_consequences(note: Note) -> Iterator[Consequence]:
    rule = note.conversion.rule
    yield Consequence(
        "discount", "Discount", "1-rule_multiplier", rule.discount, "rate",
        "The multiplier read the other way.",
    )  # fmt: skip
    yield Consequence(
        "fixed_until", "Fixed price alone until",
        f'IF(rule_composition="{PriceComposition.FIXED.label}",{serial(LATEST)},'
        f'IF(OR(rule_composition="{PriceComposition.VARIABLE.label}",rule_fixed_for_days=""),0,'
        "note_issue_date+rule_fixed_for_days))",
        _alone_until(note), "number",
        "The last notice day, as a day number, on which no window counts; 0 if there is none.",
    )  # fmt: skip
    yield Consequence(
        "lows_taken", "Lows averaged",
        _lows_formula("rule"), _lows(rule.statistic, rule.lowest_count), "number",
        "0 where the reference price is not made of lows.",
    )  # fmt: skip
    yield Consequence(
        "takes_last", "Takes the last price", f'IF(rule_statistic="{Statistic.LAST.label}",1,0)',
        int(rule.statistic is Statistic.LAST), "number", "1 for yes, 0 for no.",
    )  # fmt: skip
    yield Consequence(
        "window_shift", "Window ends on the notice day",
        f'IF(rule_window_end="{WindowEnd.NOTICE_DAY.label}",1,0)',
        int(rule.window_end is WindowEnd.NOTICE_DAY), "number",
        "1 for yes; 0: it ends on the trading day before.",
    )  # fmt: skip
    yield Consequence(
        "refuses_gaps", "A day without a price forbids a figure",
        f'IF(rule_missing_prices="{MissingPrices.REFUSE.label}",1,0)',
        int(rule.missing_prices is MissingPrices.REFUSE), "number", "1 for yes, 0 for no.",
    )  # fmt: skip
    yield Consequence(
        "reaches_back", "The window reaches further back",
        f'IF(rule_missing_prices="{MissingPrices.REACH_BACK.label}",1,0)',
        int(rule.missing_prices is MissingPrices.REACH_BACK), "number", "1 for yes, 0 for no.",
    )  # fmt: skip
    yield Consequence(
        "least_price", "Prices below this round to zero",
        f'IF(rule_rounding="{PriceRounding.DOWN.label}",10^-rule_rounding_places,'
        f'IF(rule_rounding="{PriceRounding.HALF_UP.label}",10^-rule_rounding_places/2,0))',
        _least_price(rule.rounding, rule.rounding_places), "price",
        "No shares can be counted at a price of zero.",
    )  # fmt: skip


def _least_price(rounding: PriceRounding, places: int) -> Decimal:
    unit = Decimal(1).scaleb(-places)
    return {PriceRounding.DOWN: unit, PriceRounding.HALF_UP: unit / 2}.get(rounding, Decimal(0))


def lows_shown(note: Note) -> int:
    """How many columns of lows the Conversion price sheet has."""
    rule = note.conversion.rule
    if rule.statistic is Statistic.MEAN_OF_LOWEST:
        longest = max(rule.lookback_days, *(step.lookback_days or 1 for step in rule.steps), 1)
        return max(1, min(rule.lowest_count, longest))
    return 1


def second_lows_shown(note: Note) -> int:
    """How many columns of lows its second window has."""
    second = note.conversion.rule.second
    if second.statistic is Statistic.MEAN_OF_LOWEST:
        return max(1, min(second.lowest_count, second.lookback_days))
    return 1


def _lows(statistic: Statistic, lowest_count: int) -> int:
    return {Statistic.LOWEST: 1, Statistic.MEAN_OF_LOWEST: lowest_count}.get(statistic, 0)


def _lows_formula(prefix: str) -> str:
    return (
        f'IF({prefix}_statistic="{Statistic.LOWEST.label}",1,'
        f'IF({prefix}_statistic="{Statistic.MEAN_OF_LOWEST.label}",{prefix}_lowest_count,0))'
    )


def _alone_until(note: Note) -> int:
    rule = note.conversion.rule
    if rule.composition is PriceComposition.FIXED:
        return serial(LATEST)
    if rule.composition is PriceComposition.VARIABLE or rule.fixed_for_days is None:
        return 0
    return serial(note.issue_date) + rule.fixed_for_days


def _second_consequences(source: WorkbookInput) -> Iterator[Consequence]:
    second = source.note.conversion.rule.second
    yield Consequence(
        "second_lows_taken", "Lows averaged in the second window", _lows_formula("second"),
        _lows(second.statistic, second.lowest_count), "number", "0 where it is not made of lows.",
    )  # fmt: skip
    yield Consequence(
        "second_takes_last", "Second window takes the last price",
        f'IF(second_statistic="{Statistic.LAST.label}",1,0)',
        int(second.statistic is Statistic.LAST), "number", "1 for yes, 0 for no.",
    )  # fmt: skip
    if source.second_is_anchored:
        last = source.listed.trading_days_before(source.note.issue_date)
        listed = 0 < last <= len(source.listed.days)
        yield Consequence(
            "second_last", "Second window: last line",
            "IFERROR(MATCH(note_issue_date-1,price_dates,1),0)" if listed else f"{last}",
            last, "number", "The last trading day before the issue date, as a line of the Prices sheet.",
        )  # fmt: skip
