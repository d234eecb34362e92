"""What must hold in a workbook: the account closes, prices keep their rule, what was fixed is unchanged."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from notemodeler.domain.numbers import LARGEST_AMOUNT
from notemodeler.domain.rule import PriceComposition, Statistic
from notemodeler.io.workbook.rule_consequences import lows_shown
from notemodeler.io.workbook.share_formulas import on_day
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.unchanged import unchanged_checks
from notemodeler.io.workbook.valuation_checks import unchanged_valuation, valuation_checks

HALF_CENT = "0.005"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be true, in words and as a formula."""

    words: str
    formula: str
    holds: bool = True


CheckGroup = tuple[str, tuple[Check, ...]]


def check_groups(source: WorkbookInput) -> tuple[CheckGroup, ...]:
    """Every check, under the headings of the Checks sheet."""
    return (
        ("The account closes", tuple(_account_checks(source))),
        ("Shares stay within their limits", tuple(_share_checks(source))),
        ("Prices and windows", tuple(_price_checks(source))),
        ("The company's book and the decisions", tuple(_book_checks(source))),
        *_valuation_group(source),
        ("Fixed at export and unchanged since", tuple(_structure_checks(source))),
    )


def _valuation_group(source: WorkbookInput) -> Iterator[CheckGroup]:
    checks = tuple(Check(*each) for each in valuation_checks(source))
    if checks:
        yield "The valuation", checks


def _account_checks(source: WorkbookInput) -> Iterator[Check]:
    flows = (
        "SUMPRODUCT(--(ABS(sched_opening_principal+sched_opening_interest+sched_opening_default_sum"
        "+sched_advance+sched_accrual+sched_default_added+sched_added-sched_paid-sched_converted"
        f"-sched_total_due)>{HALF_CENT}))=0"
    )
    yield Check("Every row of the schedule closes to the cent: opening + flows = total due.", flows)
    yield Check(
        "Every row's interest closes by itself: opening + accrued - settled = closing.",
        "SUMPRODUCT(--(ABS(sched_opening_interest+sched_accrual-sched_settled_interest"
        f"-sched_closing_interest)>{HALF_CENT}))=0",
    )
    yield Check(
        "Paid + converted + what is left = principal + all interest + default sum + principal added.",
        "ABS(SUM(sched_paid)+SUM(sched_converted)+INDEX(sched_total_due,ROWS(sched_total_due))"
        f"-SUM(sched_advance)-SUM(sched_accrual)-SUM(sched_default_added)-SUM(sched_added))<{HALF_CENT}",
    )
    yield Check(
        "The whole principal was advanced, once.",
        f"ABS(SUM(sched_advance)-note_principal_amount)<{HALF_CENT}",
    )
    yield Check(
        "Cash paid foots: schedule and ledger agree.",
        f"ABS(SUM(sched_cash)-SUM(step_cash))<{HALF_CENT}",
    )
    yield Check(
        "No balance is below zero.",
        "AND(MIN(sched_closing_principal)>=0,MIN(sched_closing_interest)>=0,"
        "MIN(sched_closing_default_sum)>=0)",
    )
    yield Check(
        "No amount is so large that a cell would lose its cents.",
        f"MAX(sched_total_due,note_principal_amount)<={LARGEST_AMOUNT}",
        _largest(source) <= LARGEST_AMOUNT,
    )


def _largest(source: WorkbookInput) -> Decimal:
    return max(source.note.principal_amount, *(row.closing.total for row in source.schedule))


def _share_checks(source: WorkbookInput) -> Iterator[Check]:
    yield Check(
        "Shares issued foot: schedule and ledger agree.",
        "SUM(sched_shares_issued)=SUM(step_shares)",
    )
    beyond = '(step_stated_shares="")*ISNUMBER({0})*(step_shares>{0})'
    yield Check(
        "No conversion that was computed issues more shares than the ownership limit allowed.",
        f"SUMPRODUCT({beyond.format('step_limit')})=0",
    )
    if source.shape.has_exchange_cap:
        yield Check(
            "No conversion that was computed issues more shares than the exchange cap left.",
            f"SUMPRODUCT({beyond.format('step_exchange')})=0",
        )


def _price_checks(source: WorkbookInput) -> Iterator[Check]:
    yield Check(
        "The trading days follow one another and every price is above zero.",
        f'AND({steps_back("price_dates")}=0,COUNTIF(prices,"<=0")=0)',
    )
    windows = 'SUMPRODUCT((window_standing<>"")*(conversion_price<>""))'
    if source.has_second:
        windows += '+SUMPRODUCT((window_standing_2<>"")*(conversion_price<>""))'
    yield Check(
        "Every conversion price stands on windows without a gap, or on the reading agreed for gaps.",
        f"{windows}=0",
    )
    yield from _bounds(source)
    yield Check(
        "Every notice day is a line of the Prices sheet.",
        "SUMPRODUCT(COUNTIF(price_dates,notice_date))=ROWS(notice_date)",
    )


def _bounds(source: WorkbookInput) -> Iterator[Check]:
    """The conversion price against the fixed price and the floor, in dollars of each day."""
    splits = source.has_splits
    slack = "10^-rule_rounding_places"
    fixed = "notice_fixed" if source.shape.changes_fixed else "rule_fixed_price"
    floors = [f"N(rule_floor_price){'*issue_growth/notice_growth' if splits else ''}"]
    if source.shape.has_par:
        floors.append(f"issuer_par_price{'/notice_growth' if splits else ''}")
    above = "".join(f"*(conversion_price>{floor}+{slack})" for floor in floors)
    lesser = PriceComposition.LESSER_OF.label
    yield Check(
        "No conversion price is above a fixed price that caps it (floor and rounding aside).",
        f'IF(rule_composition<>"{lesser}",TRUE,SUMPRODUCT(ISNUMBER(conversion_price)'
        f"*(conversion_price>{fixed}+{slack}){above})=0)",
    )
    below = "+".join(
        f"SUMPRODUCT(ISNUMBER(conversion_price)*(conversion_price<{floor}-{slack}))"
        for floor in floors
    )
    yield Check("No conversion price is below the floor (rounding aside).", f"{below}=0")


def _book_checks(source: WorkbookInput) -> Iterator[Check]:
    issued = on_day(source.counts.issued_by_all(), "book_day")
    yield Check(
        "The book's shares foot: what the notes issued is what ledger and other issues say.",
        f"book_all_issued={issued}",
    )
    yield Check(
        "The shares outstanding through time come to those of the book's day.",
        'INDEX(path_outstanding,MATCH(book_day,path_date,0))&""=book_outstanding&""',
    )
    yield Check(
        "This note is in the book with the balance of its account.",
        f"INDEX(book_principal,{source.note_index + 1})=note_principal_amount",
    )
    if source.beyond.prepay.days:
        par = 'SUMIF(payoff_percent,">=0",payoff_balance)-SUM(payoff_base)'
        yield Check(
            "Every pay-off is its percentage of the base, and the rest of the balance at par.",
            f"ABS(SUM(payoff_cash)-SUMPRODUCT(payoff_base,payoff_percent)-({par}))"
            f"<=0.0051*ROWS(payoff_cash)",
        )
    if source.beyond.cost.steps:
        yield Check(
            "The parts of the all-in cost add up to what was given.",
            f"ABS(cost_given-proceeds-SUM(cost_amount))<{HALF_CENT}",
        )


def _structure_checks(source: WorkbookInput) -> Iterator[Check]:
    for words, formula in (*unchanged_checks(source), *unchanged_valuation(source)):
        yield Check(words, formula)
    note = source.note
    by_lows = note.conversion.rule.statistic in (Statistic.LOWEST, Statistic.MEAN_OF_LOWEST)
    lows = lows_shown(note) if by_lows else 1
    yield Check(
        f"No more lows are averaged than the Conversion price sheet has columns ({lows}).",
        f"OR(lows_taken<={lows},lows_taken>rule_lookback_days)",
    )
    prepay, rows = source.beyond.prepay.days, note.repayment.prepayment_steps
    if prepay and rows and prepay[-1].number >= max(row.last_day for row in rows):
        yield Check(
            "No range of the prepayment table goes beyond the days of the Pay-off sheet.",
            "MAX(prepayment_last_day)<=INDEX(payoff_date,ROWS(payoff_date))-prepayment_from",
        )
    yield Check("The ledger's steps are in date order.", f"{steps_back('step_date')}=0")
    yield Check("The rows of the schedule are in date order.", f"{steps_back('sched_date')}=0")
    if source.has_splits:
        yield Check("The splits are in date order.", f"{steps_back('split_from')}=0")


def steps_back(dates: str) -> str:
    """How many of the dates come before the one above them."""
    later = f"INDEX({dates},MIN(2,ROWS({dates}))):INDEX({dates},ROWS({dates}))"
    earlier = f"INDEX({dates},1):INDEX({dates},MAX(1,ROWS({dates})-1))"
    return f"SUMPRODUCT(--({later}<{earlier}))"
