"""The Ladder sheet: what a conversion of everything would come to at lower and lower market prices, live."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from notemodeler.engines.day_windows import Standing
from notemodeler.engines.decisions.flat_market import FlatMarket
from notemodeler.engines.decisions.ladder import Level, Rung
from notemodeler.engines.pricing.composition import Composition
from notemodeler.engines.pricing.rule_in_time import RuleInTime
from notemodeler.engines.pricing.triggers import Scene
from notemodeler.io.workbook import share_formulas as count
from notemodeler.io.workbook.cells import Formula, Value, is_same_price, plain, serial
from notemodeler.io.workbook.price_formulas import REFUSED, PriceParts
from notemodeler.io.workbook.shape import PRICE_TRIGGERS
from notemodeler.io.workbook.sheet import WORKING, CellContent, Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.step_columns import in_force_columns, steps_in_force
from notemodeler.io.workbook.window_columns import price_parts

TITLE = "Ladder"
HEADING_ROW = 12
LINE = "ladder_line"


def write_ladder(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet: one row a hypothetical market price, as of the last notice day."""
    sheet.head(
        "Dilution ladder",
        "What a conversion of the whole balance would come to if the market had stood flat at a price.",
        "Notices, trading days and the last day follow from lots of which each depends on the one before, and "
        "whether a step holds that a price brings about from prices within the window: fixed at export.",
    )
    ladder = source.beyond.ladder
    _write_day(sheet, source)
    if not ladder.rungs:
        sheet.put(HEADING_ROW, 1, " ".join(issue.text for issue in ladder.issues), "label")
        return
    rungs = [HypotheticalDay(source, rung) for rung in ladder.rungs]
    sheet.table(HEADING_ROW, tuple(_columns(source, rungs)), working_last=True)
    sheet.heights[HEADING_ROW] = 54


@dataclass(frozen=True, eq=False)
class HypotheticalDay:
    """One rung with the rule as it stands in its market."""

    source: WorkbookInput
    rung: Rung

    @cached_property
    def rule(self) -> RuleInTime:
        quoter = self.source.quoter
        if self.rung.level is Level.TODAY:
            return quoter.rule
        day = self.source.beyond.ladder.on
        return FlatMarket(quoter.market, day, self.rung.market_price).quoter(quoter).rule

    @cached_property
    def flags(self) -> tuple[int, ...]:
        """Which steps hold."""
        known = self.rule.scene or Scene(
            self.source.note, self.source.project.issuer, self.source.quoter.market
        )
        return steps_in_force(known, (self.source.beyond.ladder.on,))[0]

    @cached_property
    def parts(self) -> Composition:
        return self.rule.on(self.source.beyond.ladder.on)

    @property
    def is_today(self) -> bool:
        return self.rung.level is Level.TODAY

    @cached_property
    def references(self) -> tuple[Decimal | None, ...]:
        """The reference prices: the market's, but for a window before the note was signed."""
        day, market = self.source.beyond.ladder.on, self.source.quoter.market
        if self.is_today:
            return tuple(each.find(day, market).reference for each in self.parts.variables)
        return tuple(
            each.find(day, market).reference if each.lookback.anchor else self.rung.market_price
            for each in self.parts.variables
        )

    def reference(self, place: int) -> Value:
        if self.parts.is_refused or len(self.references) <= place:
            return None
        return plain(self.references[place])

    @cached_property
    def composed(self) -> Decimal | None:
        """The price before floor and rounding."""
        known = [each for each in self.references if each is not None]
        if self.parts.is_refused or len(known) < len(self.references):
            return None
        return self.source.composed(self.parts, known)

    @cached_property
    def unrounded(self) -> Decimal | None:
        if self.composed is None or self.parts.floor is None:
            return self.composed
        return self.parts.floor.apply(self.composed)


def _write_day(sheet: Sheet, source: WorkbookInput) -> None:
    """The figures of the day that every rung shares."""
    ladder, listed = source.beyond.ladder, source.listed
    day = ladder.on
    notice = source.notice_days[source.days.index(day)]
    last = source.quoter.on(day).market
    line = bisect_right(listed.days, day)
    in_list = bool(last) and bool(line) and bool(listed.priced_by[line])
    price = listed.priced[listed.priced_by[line] - 1][1] if in_list else None
    is_listed = (
        price is not None
        and last is not None
        and last.price is not None
        and is_same_price(float(price) / source.growth_on(day), last.price)
    )
    known = "INDEX(priced_days,MATCH(ladder_day,price_dates,1))"
    carried = f"/{count.growth_on('ladder_day')}" if source.has_splits else ""
    found = plain(last.price) if last else None
    market: CellContent = found
    if is_listed:
        market = Formula(
            f"INDEX({source.prices_name},MATCH({known},priced_days,0)){carried}", found
        )
    lines: tuple[tuple[str, str, CellContent, str], ...] = (
        ("As of", "ladder_day", day, "input.date"),
        (
            "Line of the day on the Conversion price sheet", LINE,
            Formula("MATCH(ladder_day,notice_date,0)", source.days.index(day) + 1), "formula.number",
        ),
        ("Last price, $", "ladder_last", market, "formula.price" if is_listed else "input.price"),
        (
            "Balance, $", "ladder_balance",
            Formula(f"INDEX(notice_balance,{LINE})", plain(notice.owed.total)), "formula.amount",
        ),
        (
            "Shares outstanding", "ladder_outstanding",
            Formula(f"INDEX(notice_outstanding,{LINE})", notice.outstanding), "formula.count",
        ),
        (
            "Shares authorised", "ladder_authorised",
            Formula(_authorised(source), source.beyond.case.authorised_on(day)), "formula.count",
        ),
    )  # fmt: skip
    for row, (label, name, content, style) in enumerate(lines, start=5):
        sheet.put(row, 1, label, "label")
        sheet.define(name, sheet.put(row, 2, content, style))


def _authorised(source: WorkbookInput) -> str:
    if not source.project.issuer.shares_authorised:
        return '""'
    latest = (
        "SUMPRODUCT(MAX((shares_authorised_from_date<=ladder_day)*shares_authorised_from_date))"
    )
    return (
        f'IFERROR(INDEX(shares_authorised_shares,MATCH({latest},shares_authorised_from_date,0)),"")'
    )


def _columns(source: WorkbookInput, days: Sequence[HypotheticalDay]) -> Iterator[Column]:
    yield from _markets(source, days)
    yield from _rule(source, days)
    yield from _conversion(source, days)
    yield from _outcome(source, days)


def _markets(source: WorkbookInput, days: Sequence[HypotheticalDay]) -> Iterator[Column]:
    on, shape = source.beyond.ladder.on, source.shape
    yield Column("level", "Market price is", 46, "label.text", [_words(each.rung) for each in days])
    formulas = {
        Level.TODAY: "ladder_last", Level.NOW: "ladder_last", Level.FALL: "ladder_last*(1+[change])",
        Level.OWN: "scenario_own_price",
        Level.PAR: "issuer_par_price" + ("/[growth]" if source.has_splits else ""),
    }  # fmt: skip
    yield Column(
        "change", "Against the last price", 22, "formula.rate", [plain(each.rung.change) for each in days],
        'IF(N(ladder_last)=0,"",[market]/ladder_last-1)',
        {at: plain(each.rung.change) for at, each in enumerate(days) if each.rung.level is Level.FALL},
        {at: "input.rate" for at, each in enumerate(days) if each.rung.level is Level.FALL},
    )  # fmt: skip
    prices = [Formula(formulas[each.rung.level], plain(each.rung.market_price)) for each in days]
    yield Column(
        "market", "Market price, $", 16, "formula.price", prices, defined_name="ladder_market"
    )
    yield Column(
        "date", "Notice day", 13, "formula.date", [serial(on)] * len(days), "ladder_day",
        heading_style=WORKING,
    )  # fmt: skip
    if source.has_splits:
        yield Column(
            "growth", "Price factor of later splits", 10, "formula.factor",
            [source.growth_on(on)] * len(days), count.growth_on("[date]"), heading_style=WORKING,
        )  # fmt: skip
    if not shape.steps_are_live:
        return
    for place, step in enumerate(shape.steps, start=1):
        by_price = step.trigger in PRICE_TRIGGERS
        yield Column(
            f"holds{place}", f"Step {place} holds: {step.trigger.label}", 10,
            "input.number" if by_price else "formula.number", [each.flags[place - 1] for each in days],
            None if by_price else f"INDEX(notice_holds_{place},{LINE})", heading_style=WORKING,
        )  # fmt: skip


def _words(rung: Rung) -> str:
    if rung.level is Level.FALL and rung.change is not None:
        return f"Down {-rung.change:.0%}"
    return rung.level.label


def _rule(source: WorkbookInput, days: Sequence[HypotheticalDay]) -> Iterator[Column]:
    on, parts = source.beyond.ladder.on, price_parts(source)
    yield from in_force_columns(source, [on] * len(days), [each.flags for each in days], "ladder")
    refused = [Standing.RULE.label if each.parts.is_refused else "" for each in days]
    todays = [at for at, each in enumerate(days) if each.is_today]
    for place, window in enumerate(parts.windows):
        mark = window.mark
        standing = f'IF({parts.refused if not place else REFUSED},"{Standing.RULE.label}","")'
        at_line = Formula(f'INDEX(window_standing{mark},{LINE})&""', _today(source, place))
        yield Column(
            f"standing{mark}", "Why no price", 15, "formula.text", refused, standing,
            dict.fromkeys(todays, at_line), heading_style=WORKING,
        )  # fmt: skip
        anchored = place == 1 and source.second_is_anchored
        known = f'IF(OR([standing{mark}]<>"",[date]<=fixed_until),"",{{0}})'
        flat = known.format("[market]" if not anchored else f"INDEX(reference_price_2,{LINE})")
        own: dict[int, CellContent] = {
            at: Formula(f"INDEX(reference_price{mark},{LINE})", days[at].reference(place))
            for at in todays
        }
        yield Column(
            f"reference{mark}", "Reference price, $" if not place else "Second reference price, $", 16,
            "formula.price", [each.reference(place) for each in days], flat, own, heading_style=WORKING,
        )  # fmt: skip


def _today(source: WorkbookInput, place: int) -> str:
    window = source.notice_days[source.days.index(source.beyond.ladder.on)].window
    look = window.second if place else window.main
    if window.contradicts:
        return Standing.RULE.label
    return look.standing.label if look else ""


def _conversion(source: WorkbookInput, days: Sequence[HypotheticalDay]) -> Iterator[Column]:
    parts, costs = price_parts(source), source.shape.floor_costs
    yield Column(
        "composed", "With a fixed price, $", 16, "formula.price",
        [plain(each.composed) for each in days], _composed(source, parts), heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "unrounded", "Not below the floor, $", 16, "formula.price",
        [plain(each.unrounded) for each in days], parts.floored, heading_style=WORKING,
    )  # fmt: skip
    if costs:
        yield Column(
            "unfloored", "Price without the floor, $", 16, "formula.price",
            [plain(source.unfloored_price(each.composed)) for each in days],
            parts.conversion("[composed]", needs_unfloored=False), heading_style=WORKING,
        )  # fmt: skip
    yield Column(
        "conversion", "Conversion price, $", 18, "key.price",
        [plain(each.rung.conversion_price) for each in days],
        parts.conversion("[unrounded]", needs_unfloored=costs), defined_name="ladder_price",
    )  # fmt: skip


def _composed(source: WorkbookInput, parts: PriceParts) -> str:
    """A second window that failed leaves an empty reference: then there is no price."""
    if not source.has_second:
        return parts.composed
    return f'IF(AND([date]>fixed_until,[reference_2]=""),"",{parts.composed})'


def _outcome(source: WorkbookInput, days: Sequence[HypotheticalDay]) -> Iterator[Column]:
    adds, size = source.shape.adds_principal, len(days)
    exact = count.fifteen_digits(
        f"(([balance]+IF([balance]>0,conversion_fee_amount,0))/{'[unfloored]' if adds else '[conversion]'})"
    )
    amount = plain(source.beyond.ladder.amount)
    yield Column("balance", "Converted, $", 15, "formula.amount", [amount] * size, "ladder_balance")
    yield Column(
        "shares", "Shares issued", 18, "key.count", [each.rung.shares for each in days],
        f'IF([conversion]="","",{count.whole_shares(exact)})', defined_name="ladder_shares",
    )  # fmt: skip
    yield Column(
        "part", "of the company", 12, "formula.share",
        [plain(each.rung.share_of_company) for each in days],
        'IF(OR([shares]="",ladder_outstanding=""),"",IF(ladder_outstanding+[shares]=0,"",'
        "ROUND([shares]/(ladder_outstanding+[shares]),6)))",
    )  # fmt: skip
    yield Column(
        "value", "Worth, $", 15, "formula.amount", [plain(each.rung.market_value) for each in days],
        'IF([shares]="","",ROUND([shares]*[market],2))',
    )  # fmt: skip
    paces = [each.rung.pace for each in days]
    yield Column(
        "lots", "Notices", 9, "input.count", [each.lots if each else None for each in paces]
    )
    yield Column(
        "trading_days", "Trading days", 9, "input.count",
        [each.trading_days if each else None for each in paces],
    )  # fmt: skip
    yield Column(
        "last", "Last on", 13, "input.date", [each.last_date if each else None for each in paces]
    )
    yield Column(
        "beyond", "Beyond authorised", 17, "formula.shares",
        [each.rung.authorised_short for each in days],
        'IF(OR([shares]="",ladder_outstanding="",ladder_authorised=""),"",'
        "MAX(0,ladder_outstanding+[shares]-ladder_authorised))",
    )  # fmt: skip
