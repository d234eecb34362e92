"""The columns of the Ledger sheet's account, in the order in which a step is reckoned."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from notemodeler.io.workbook import ledger_formulas as by
from notemodeler.io.workbook import payoff_formulas as payoff
from notemodeler.io.workbook import share_formulas as count
from notemodeler.io.workbook.cells import Formula, Value
from notemodeler.io.workbook.interest_formulas import interest_formula
from notemodeler.io.workbook.ledger_moves import Move
from notemodeler.io.workbook.sheet import WORKING, CellContent
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.steps import SETTLING, StepKind


@dataclass(frozen=True, slots=True)
class Entry:
    """A column of the account: its value, and the formula for each kind of step that has one.

    Kinds without a formula show `value` if `constant`, else nothing; a step that is `fixed` keeps the
    program's value. `input_style` marks the cells that were entered. A `named` column is `step_...` for
    other sheets.
    """

    name: str
    heading: str
    width: float
    style: str
    value: Callable[[Move], Value]
    formulas: by.Formulas = field(default_factory=dict)
    constant: bool = False
    input_style: str = ""
    named: bool = False
    heading_style: str = "heading"
    fixed: Callable[[Move], bool] = lambda _: False
    by_instalment: str = ""
    """The formula of a step that an instalment asked for, where it has one of its own."""

    def cell(self, move: Move) -> CellContent:
        formula = self.formulas.get(move.step.kind)
        if self.by_instalment and move.step.instalment is not None:
            formula = self.by_instalment
        if formula is not None and self.fixed(move):
            return self.value(move)
        if formula is not None and (move.last or "[^" not in formula):
            return Formula(_filled(formula, move), self.value(move))
        return self.value(move) if self.constant else None


def _filled(formula: str, move: Move) -> str:
    for mark, text in (
        ("{months}", str(move.months)),
        ("{rate}", by.rate(move.source.shape.charge, in_default=move.step.in_default)),
        ("{place}", str(move.instalment_place) if move.step.instalment else ""),
        ("{fee}", "conversion_fee_amount" if move.step.entry else "0"),
    ):
        formula = formula.replace(mark, text)
    return formula


def entries(source: WorkbookInput) -> Iterator[Entry]:
    """The columns that this note's account needs."""
    yield from _as_entered(source)
    yield from _owed_before(source)
    yield from _prices(source)
    yield from _limits(source)
    yield from _settled(source)
    yield from _owed_after(source)


def _as_entered(source: WorkbookInput) -> Iterator[Entry]:
    def entered(name: str) -> Callable[[Move], Any]:
        return lambda move: getattr(move.step.entry, name) if move.step.entry else None

    yield Entry(
        "date", "Date", 13, "formula.date", lambda move: move.date, by.DATES, constant=True,
        input_style="input.date", named=True, by_instalment=by.INSTALMENT_DATE,
    )  # fmt: skip
    if source.has_splits:
        yield Entry(
            "growth", "Price factor of later splits", 10, "formula.factor",
            lambda move: source.growth_on(move.date),
            by.on(tuple(StepKind), count.growth_on("[date]")), named=True, heading_style=WORKING,
        )  # fmt: skip
    yield Entry(
        "what",
        "What",
        28,
        "label.text",
        lambda move: move.step.kind.value,
        constant=True,
        named=True,
    )
    yield Entry(
        "asked", "Amount entered, $", 14, "fixed.amount", lambda move: move.asked, constant=True,
        input_style="input.amount", by_instalment=by.INSTALMENT_AMOUNT,
    )  # fmt: skip
    yield Entry(
        "stated_price", "Price as reported, $", 14, "fixed.price", entered("stated_price"),
        constant=True, input_style="input.price",
    )  # fmt: skip
    yield Entry(
        "stated_shares", "Shares as reported", 14, "fixed.count", entered("stated_shares"),
        constant=True, input_style="input.count", named=True,
    )  # fmt: skip
    if any(step.kind is StepKind.PENALTY for step in source.steps):
        yield Entry(
            "late_days", "Days late", 9, "fixed.count", entered("days"), constant=True,
            input_style="input.count",
        )  # fmt: skip
    yield Entry(
        "remark", "Remark", 24, "user", entered("remark"), constant=True, input_style="user_input"
    )


def _owed_before(source: WorkbookInput) -> Iterator[Entry]:
    terms = source.note.interest
    growth = interest_formula(terms.day_count, terms.compounding).over(
        start="[^date]", end="[date]", bearing="[^bearing]", rate="[^rate]"
    )
    for each in growth.columns:
        yield Entry(
            each.name, each.heading, 8, f"formula.{each.style}",
            lambda move, each=each: each.value(move.last.date, move.date),  # type: ignore[misc]  # bound now
            by.on_later(each.formula), heading_style=WORKING,
        )  # fmt: skip
    yield Entry(
        "exact_interest", "Interest, exact", 17, "formula.exact",
        lambda move: move.exact.interest, by.on_later(f"[^interest]+{growth.growth}"),
        heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "interest_before", "Interest before", 14, "formula.amount",
        lambda move: move.before.interest, by.on_later("ROUND([exact_interest],2)"), named=True,
    )  # fmt: skip
    yield Entry(
        "principal_before", "Principal before", 14, "formula.amount",
        lambda move: move.before.principal, by.on_later("[^principal]"), heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "default_before", "Default sum before", 14, "formula.money",
        lambda move: move.before.default_sum, by.on_later("[^default_sum]"), heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "owed", "Owed before", 14, "formula.amount", lambda move: move.before.total,
        by.on_later("ROUND([principal_before]+[interest_before]+[default_before],2)"),
    )  # fmt: skip


def _prices(source: WorkbookInput) -> Iterator[Entry]:
    shape = source.shape
    yield Entry(
        "price", "Conversion price, $", 18, "formula.price", lambda move: move.event.price,
        by.on_conversion(by.BOOKED_PRICE), named=True, fixed=lambda move: move.is_off_the_sheet,
    )  # fmt: skip
    if shape.floor_costs:
        yield Entry(
            "unfloored", "Price without the floor, $", 18, "formula.price",
            lambda move: move.unfloored, by.on_conversion(by.UNFLOORED), heading_style=WORKING,
            fixed=lambda move: move.is_off_the_sheet,
        )  # fmt: skip
    if shape.adds_principal:
        yield Entry(
            "counting", "Price that counts shares, $", 18, "formula.price",
            lambda move: move.trade.counting, by.on_conversion(by.COUNTING), heading_style=WORKING,
        )  # fmt: skip
    if shape.makes_whole:
        carried = "/[growth]" if shape.has_splits else ""
        yield Entry(
            "market", "Last price, $", 18, "formula.price", lambda move: move.market,
            by.on_conversion(by.market_price(source.prices_name, carried)), heading_style=WORKING,
            fixed=lambda move: not move.market_is_listed,
        )  # fmt: skip
    if source.has_payoffs:
        yield Entry(
            "percent", "Prepaid at", 10, "formula.rate",
            lambda move: move.payoff.percent if move.payoff else None,
            {StepKind.PREPAYMENT: payoff.percent(shape, "([date]-prepayment_from)")},
            fixed=lambda _: not source.payoff_is_live,
        )  # fmt: skip
        of = payoff.base(shape, "[principal_before]", "[interest_before]")
        yield Entry(
            "base", "Percentage of, $", 14, "formula.amount",
            lambda move: move.payoff.base if move.payoff else None,
            {StepKind.PREPAYMENT: f'IF([percent]="","",{of})'}, heading_style=WORKING,
        )  # fmt: skip
        yield Entry(
            "payoff", "Pay-off, $", 14, "formula.amount",
            lambda move: move.payoff.total if move.payoff else None,
            {StepKind.PREPAYMENT: payoff.total("[percent]", "[base]", "[owed]")},
        )  # fmt: skip


def _limits(source: WorkbookInput) -> Iterator[Entry]:
    shape, note = source.shape, source.note
    most = note.repayment.redemption_monthly_amount
    if shape.has_month_cap or most is not None:
        yield Entry(
            "month", "Month", 8, "formula.number", lambda move: move.month,
            by.on(SETTLING, "YEAR([date])*12+MONTH([date])"), heading_style=WORKING,
        )  # fmt: skip
    if shape.has_month_cap:
        yield Entry(
            "month_left", "Left of the month's cap, $", 14, "formula.amount",
            lambda move: move.month_left(note.conversion.monthly_cap_amount),
            by.on_conversion(by.month_left("conversion_monthly_cap_amount", StepKind.CONVERSION)),
            heading_style=WORKING,
        )  # fmt: skip
    if most is not None:
        yield Entry(
            "redeemable", "Redeemable in the month, $", 14, "formula.amount",
            lambda move: move.month_left(most),
            {StepKind.REDEMPTION: by.month_left("repayment_redemption_monthly_amount", StepKind.REDEMPTION)},
            heading_style=WORKING,
        )  # fmt: skip
    yield Entry(
        "outstanding", "Shares outstanding before", 17, "formula.count",
        lambda move: move.event.outstanding,
        by.on_conversion(source.counts.outstanding_at_step()), heading_style=WORKING, named=True,
    )  # fmt: skip
    yield Entry(
        "held", "Held by the holder before", 14, "formula.count", lambda move: move.event.held,
        by.on_conversion(source.counts.held_at_step()), named=True, heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "limit", "Ownership limit, shares", 16, "formula.count", lambda move: move.limit_shares,
        by.on_conversion(count.LIMIT), named=True, heading_style=WORKING,
    )  # fmt: skip
    if shape.has_exchange_cap:
        yield Entry(
            "exchange", "Left of the exchange cap, shares", 16, "formula.count",
            lambda move: move.exchange_shares,
            by.on_conversion(source.counts.left_of("exchange_shares")), heading_style=WORKING,
            named=True,
        )  # fmt: skip


def _settled(source: WorkbookInput) -> Iterator[Entry]:
    shape = source.shape
    counting = "[counting]" if shape.adds_principal else "[price]"
    yield Entry(
        "wanted", "Asked for, $", 14, "formula.amount", lambda move: move.wanted,
        by.on_conversion(by.wanted(shape, counting)), heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "asked_exact", "Shares for what is asked", 18, "formula.quantity",
        lambda move: move.shares_asked, by.on_conversion(by.exact_shares("[wanted]", counting)),
        heading_style=WORKING,
    )  # fmt: skip
    if shape.has_exchange_cap:
        yield Entry(
            "within_limit", "Left by the ownership limit, $", 14, "formula.amount",
            lambda move: move.within_limit,
            by.on_conversion(by.cut("[wanted]", "[asked_exact]", "[limit]", counting)),
            heading_style=WORKING,
        )  # fmt: skip
    yield Entry(
        "settled", "Settled, $", 14, "key.amount", lambda move: move.off,
        by.settled(shape, counting), named=True,
    )  # fmt: skip
    yield Entry(
        "settled_interest", "of it interest", 14, "formula.money",
        lambda move: move.event.settled.interest, by.on(SETTLING, by.SETTLED_INTEREST), named=True,
    )  # fmt: skip
    yield Entry(
        "settled_principal", "of it principal", 14, "formula.money",
        lambda move: move.off_principal, by.on(SETTLING, by.SETTLED_PRINCIPAL),
    )  # fmt: skip
    yield Entry(
        "settled_default", "of it default sum", 14, "formula.money",
        lambda move: move.event.settled.default_sum, by.on(SETTLING, by.SETTLED_DEFAULT),
    )  # fmt: skip
    yield Entry(
        "exact", "Shares before rounding", 19, "formula.quantity", lambda move: move.exact_shares,
        by.on_conversion(by.exact_shares("[settled]", counting)), heading_style=WORKING,
    )  # fmt: skip
    yield Entry(
        "shares", "Shares issued", 15, "key.count", lambda move: move.event.shares,
        by.on_conversion(by.shares_issued()), named=True,
    )  # fmt: skip
    yield Entry(
        "cash", "Cash paid, $", 14, "formula.money", lambda move: move.event.cash, by.cash(shape),
        named=True,
    )  # fmt: skip


def _owed_after(source: WorkbookInput) -> Iterator[Entry]:
    shape, charge = source.shape, source.shape.charge
    kinds = {step.kind for step in source.steps}
    if StepKind.CHARGE in kinds:
        yield Entry(
            "charged", "Interest charged", 14, "formula.money",
            lambda move: move.after.interest - move.before.interest,
            {StepKind.CHARGE: by.charged(charge)}, fixed=lambda _: source.charge_is_fixed,
        )  # fmt: skip
    if StepKind.PENALTY in kinds or shape.adds_principal:
        yield Entry(
            "added", "Principal added", 14, "formula.money", lambda move: move.event.added,
            by.added(shape), named=True,
        )  # fmt: skip
    yield Entry(
        "default_added", "Default sum added", 14, "formula.money",
        lambda move: move.event.after.default_sum - move.event.before.default_sum,
        {StepKind.DEFAULT: by.DEFAULT_ADDED}, named=True,
    )  # fmt: skip
    yield Entry(
        "principal", "Principal after", 14, "formula.amount", lambda move: move.after.principal,
        by.PRINCIPAL, named=True,
    )  # fmt: skip
    yield Entry(
        "interest", "Interest after", 14, "formula.exact", lambda move: move.after.interest,
        by.INTEREST, constant=True, named=True,
    )  # fmt: skip
    yield Entry(
        "default_sum", "Default sum after", 14, "formula.money",
        lambda move: move.after.default_sum, by.DEFAULT_SUM, constant=True, named=True,
    )  # fmt: skip
    yield Entry(
        "bearing", "Bears interest, $", 16, "formula.exact", lambda move: move.step.stretch.bearing,
        by.bearing(source.note.interest.compounding), constant=True, named=True,
    )  # fmt: skip
    yield Entry(
        "rate", "At the rate of", 10, "formula.rate", lambda move: move.step.stretch.rate,
        by.on((StepKind.START, *by.LATER), "{rate}"), constant=True, named=True,
    )  # fmt: skip
    later = "IF([^notices_from]>[date],[date]+1,[date])"
    yield Entry(
        "notices_from", "In force for notices from", 13, "formula.date",
        lambda move: move.notices_from,
        by.on(tuple(StepKind), "[date]") | by.on(SETTLING, "[date]+1") | {StepKind.PENALTY: later},
        named=True, heading_style=WORKING,
    )  # fmt: skip
