"""What is wrong or odd in the book as a whole."""

from datetime import date
from decimal import Decimal

from notemodeler.domain.issuer import AuthorisedShares, ShareCount
from notemodeler.domain.issues import Severity
from notemodeler.engines.company.check import book_issues, check_book
from tests.engines.company.book_cases import TODAY, at, converted, fixed_note


def texts(*notes, **facts):
    return [each.issue.text for each in book_issues(at(*notes, **facts))]


def test_a_book_in_order_has_no_issue():
    assert texts(fixed_note("A", 100), fixed_note("B", 100, holder="North")) == []


def test_the_first_day_on_which_the_charter_is_passed():
    """150,000 + 100,000 + 1,000 come to 1,000,000 on three days; 1,200,000 are authorised."""
    notes = (
        fixed_note("A", 10_000, ledger=(converted(date(2019, 1, 10), 1_500),)),
        fixed_note(
            "B",
            10_000,
            ledger=(converted(date(2019, 2, 4), 1_000), converted(date(2019, 3, 1), 10)),
        ),
    )
    charter = (AuthorisedShares(date(2018, 1, 1), 1_200_000),)
    found = texts(*notes, shares_authorised=charter, day=date(2018, 9, 10))
    assert found == [
        "On Feb 4, 2019 1,250,000 shares are outstanding, 50,000 more than the charter authorises."
    ]
    raised = (*charter, AuthorisedShares(date(2019, 2, 4), 1_251_000))
    assert texts(*notes, shares_authorised=raised, day=date(2018, 9, 10)) == []


def test_a_report_may_pass_the_charter_too():
    counts = (ShareCount(date(2019, 1, 2), 10_000_001),)
    assert "Jan 2, 2019" in texts(fixed_note("A", 10), shares_outstanding=counts)[0]


def test_one_holder_with_two_counts_of_shares_held_besides():
    notes = (
        fixed_note("A", 100, holder="North Fund", conversion={"holder_shares": 1_000}),
        fixed_note("B", 100, holder="north  fund"),
        fixed_note("C", 100, holder="South", conversion={"holder_shares": 5}),
    )
    day = at(*notes)
    (found,) = book_issues(day)
    assert found.places == (0, 1)
    assert found.issue.text == (
        "The notes of North Fund state different shares held besides (A: 1,000; B: 0)."
    )
    assert check_book(day, 1)[0].fields == ("note.conversion.holder_shares",)
    assert check_book(day, 2)[0].fields == ()


def test_one_holder_in_two_groups():
    notes = (
        fixed_note("A", 100, holder="North", affiliate_group="Compass"),
        fixed_note("B", 100, holder="North"),
        fixed_note("C", 100, holder="South", affiliate_group="Compass"),
    )
    assert texts(*notes) == [
        "North is stated as affiliated in different ways (Compass; alone): its notes do not count together "
        "for the ownership limit."
    ]


def test_a_conversion_after_maturity_is_noted():
    on_the_day = converted(date(2019, 9, 3), 10)
    note = fixed_note("A", 100, ledger=(on_the_day, converted(date(2019, 9, 4), 10)))
    (found,) = book_issues(at(note))
    assert found.issue.severity is Severity.NOTE
    assert (
        found.issue.text == "The conversion of Sep 4, 2019 (A) comes after maturity on Sep 3, 2019."
    )


def test_reserve_and_sales_are_told_as_of_the_day():
    """6 x 1,000,000 against 0, and 60,000 of 1,000,000 sold on Jan 10."""
    note = fixed_note(
        "A", 10_600, ledger=(converted(date(2019, 1, 10), 600),),
        conversion={"reserve_multiple": Decimal(6)},
    )  # fmt: skip
    before, after = texts(note, day=date(2019, 1, 9)), texts(note, day=TODAY)
    assert [text.partition(" is ")[0] for text in before] == ["The reserve for A"]
    assert ["Item 3.02" in text for text in after] == [False, True]
    assert "6 %" in after[1]
