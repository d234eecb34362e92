"""Figures that companies reported: the program's own numbers must reproduce them."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from notemodeler.app.results import compute
from notemodeler.domain.conversion import ShareRounding
from notemodeler.domain.default import DefaultTerms
from notemodeler.domain.interest import DayCount, InterestTerms
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.note import Note
from notemodeler.domain.project import Project
from notemodeler.domain.repayment import PrepaymentStep, RepaymentTerms
from notemodeler.domain.row_dates import RowDates
from notemodeler.engines.amortisation import straight_line_by_days, straight_line_by_months
from notemodeler.engines.shares import shares_for

CASES = json.loads(Path(__file__).with_name("published_cases.json").read_text(encoding="utf-8"))
DOLLAR = Decimal(1)


def note_of(principal, rate, issue, maturity=None, **changes):
    start = date.fromisoformat(issue)
    terms = InterestTerms(rate=Decimal(rate), day_count=changes.pop("day_count", DayCount.ACT_365))
    return replace(
        Note(
            issue_date=start,
            funding_date=start,
            maturity_date=maturity or start + timedelta(days=365),
            principal_amount=Decimal(principal),
            interest=terms,
        ),
        **changes,
    )


def results_of(note):
    return compute(Project(notes=(note,)))


@pytest.mark.parametrize(
    "case", CASES["accruals"], ids=lambda case: f"{case['principal']} {case['issue']}"
)
def test_accrued_interest_ties_to_the_dollar(case):
    note = note_of(
        case["principal"], case["rate"], case["issue"], day_count=DayCount(case["day_count"])
    )
    owed = results_of(note).history.owed_on(date.fromisoformat(case["as_of"]))
    assert abs(owed.interest - Decimal(case["accrued"])) <= Decimal(case.get("tolerance", "0.5"))


@pytest.mark.parametrize(
    "case", CASES["discounts"], ids=lambda case: f"{case['discount']} {case['issue']}"
)
def test_discount_by_days_ties_to_the_dollar(case):
    days = (date.fromisoformat(case[name]) for name in ("issue", "maturity", "as_of"))
    left = straight_line_by_days(Decimal(case["discount"]), *days)
    assert left.quantize(DOLLAR) == Decimal(case["unamortised"])


@pytest.mark.parametrize(
    ("accrual", "discount"),
    list(zip(CASES["accruals"], CASES["discounts"], strict=True)),
    ids=lambda case: case.get("net", ""),
)
def test_reported_net_is_principal_and_interest_less_discount(accrual, discount):
    """These issuers report net = principal + accrued interest - unamortised discount."""
    net = (
        Decimal(accrual["principal"])
        + Decimal(accrual["accrued"])
        - Decimal(discount["unamortised"])
    )
    assert abs(net - Decimal(discount["net"])) <= 1


@pytest.mark.parametrize("case", CASES["discounts_by_month"], ids=lambda case: case["unamortised"])
def test_discount_by_whole_months_ties_to_the_dollar(case):
    left = straight_line_by_months(Decimal(case["discount"]), case["months"], case["months_left"])
    assert abs(left - Decimal(case["unamortised"])) <= Decimal("0.67")


def test_a_cash_prepayment_with_its_premium():
    """65,000 at 12 % for 118 days, prepaid at 130 % of principal and interest; the total foots within a dollar."""
    case = CASES["prepayment"]
    on, percent = date.fromisoformat(case["on"]), 1 + Decimal(case["premium"])
    table = RepaymentTerms(prepayment_steps=(PrepaymentStep(0, 180, percent),))
    note = note_of(
        case["principal"], case["rate"], case["funding"], repayment=table,
        ledger=(LedgerEntry(on, EntryKind.PREPAYMENT),),
    )  # fmt: skip
    results = results_of(note)
    prepayment = results.history.happenings[-1]
    assert prepayment.settled.interest.quantize(DOLLAR) == Decimal(case["interest"])
    assert abs(prepayment.premium - Decimal(case["penalty"])) <= 1
    assert abs(prepayment.cash - Decimal(case["total"])) <= 1
    assert results.payoff(on).total == prepayment.cash
    assert results.history.settled_date == on


@pytest.mark.parametrize("case", CASES["conversions"], ids=lambda case: case["amount"])
def test_reported_conversions_round_to_the_nearest_share(case):
    shares = shares_for(Decimal(case["amount"]), Decimal(case["price"]), ShareRounding.NEAREST)
    assert shares == case["shares"]


def test_the_reported_conversion_with_a_cut_price_is_booked_as_stated():
    """One line of that filing does not tie to its printed price; stated shares carry it all the same."""
    case = CASES["conversion_that_does_not_tie"]
    amount, price = Decimal(case["amount"]), Decimal(case["price"])
    assert shares_for(amount, price, ShareRounding.NEAREST) == case["rule_shares"]
    entry = LedgerEntry(
        date(2020, 6, 1), EntryKind.CONVERSION, amount, price, case["reported_shares"]
    )
    note = note_of("100000", "0", "2020-01-02", ledger=(entry,))
    happening = results_of(note).history.happenings[-1]
    assert (happening.shares, happening.after.total) == (case["reported_shares"], Decimal(97200))


@pytest.mark.parametrize("case", CASES["defaults"], ids=lambda case: case["principal"])
def test_default_sums_and_the_balance_after_a_conversion(case):
    entries = ()
    if case["converted"]:
        entries = (
            LedgerEntry(
                date(2020, 9, 1),
                EntryKind.CONVERSION,
                Decimal(case["converted"]),
                Decimal(case["price"]),
            ),
        )
    default = DefaultTerms(default_date=date(2020, 8, 3), multiple=Decimal(case["multiple"]))
    note = note_of(case["principal"], "0", "2020-01-02", default=default, ledger=entries)
    note = replace(note, interest=replace(note.interest, default_rate=Decimal(0)))
    history = results_of(note).history
    default_happening = next(each for each in history.happenings if each.kind.value == "default")
    assert default_happening.after.default_sum == Decimal(case["added"])
    assert history.owed_on(note.maturity_date).total == Decimal(case["balance"])
    assert history.happenings[-1].shares == (case["shares"] or 0)


def test_the_ascent_roll_forward_foots_through_the_schedule():
    """All Power Up notes of the company as one book: opening + new - converted = closing, quarter by quarter.

    Each quarter's new money is run as a note of its own without interest, and conversions take the
    oldest note first, as the filings describe; the reported principal must come out on every date.
    """
    periods = CASES["ascent_roll_forward"]["periods"]
    lots = _lots_by_quarter(periods)
    for period in periods:
        end = date.fromisoformat(period["end"])
        due = sum((results_of(note).history.owed_on(end).principal for note in lots), Decimal(0))
        assert due == Decimal(period["closing"])
        assert Decimal(period["closing"]) - Decimal(period["discount"]) == Decimal(period["net"])


def _lots_by_quarter(periods):
    notes, left = [], []
    for period in periods:
        end = date.fromisoformat(period["end"])
        start = end - timedelta(days=80)
        to_convert = Decimal(period["converted"])
        for place, remaining in enumerate(left):
            taken = min(remaining, to_convert)
            left[place] -= taken
            to_convert -= taken
            if taken:
                entry = LedgerEntry(
                    end - timedelta(days=10), EntryKind.CONVERSION, taken, Decimal("0.001")
                )
                notes[place] = replace(notes[place], ledger=(*notes[place].ledger, entry))
        if Decimal(period["new"]):
            notes.append(note_of(period["new"], "0", start.isoformat()))
            left.append(Decimal(period["new"]) - to_convert)
            if to_convert:
                entry = LedgerEntry(
                    end - timedelta(days=5), EntryKind.CONVERSION, to_convert, Decimal("0.001")
                )
                notes[-1] = replace(notes[-1], ledger=(entry,))
    return notes


def test_every_row_of_a_published_note_closes():
    note = note_of("65000", "0.12", "2019-01-16")
    for row in results_of(note).schedule(RowDates.DAILY):
        opened = row.opening.total + row.advance + row.accrual + row.default_added + row.added
        assert opened - row.paid.total - row.converted.total == row.closing.total
