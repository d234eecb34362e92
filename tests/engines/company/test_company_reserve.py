"""Shares that must be reserved, note by note, against what the charter leaves."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from notemodeler.domain.issuer import AuthorisedShares, Split
from notemodeler.domain.numbers import MONEY_CONTEXT
from notemodeler.engines.company.reserve import required_shares, reserve
from tests.engines.company.book_cases import TODAY, at, converted, fixed_note


def reserving(title, principal, multiple, reserved, **facts):
    terms = {"reserve_multiple": multiple and Decimal(multiple), "reserved_shares": reserved}
    return fixed_note(title, principal, conversion=terms, **facts)


def test_six_times_a_full_conversion():
    """A: 6 x 1,000,000 = 6,000,000 against 4,000,000: 2,000,000 short. B: 2.5 x 100,001 = 250,002.5, up.

    250,003 against 300,000: none. 10,000,000 - 1,000,000 - 4,300,000 = 4,700,000 are free, enough.
    """
    notes = (reserving("A", 10_000, 6, 4_000_000), reserving("B", "1000.01", "2.5", 300_000))
    found = reserve(at(*notes))
    assert [row.required for row in found.rows] == [6_000_000, 250_003]
    assert [row.shortfall for row in found.rows] == [2_000_000, 0]
    assert (found.total.required, found.total.reserved) == (6_250_003, 4_300_000)
    assert (found.free, found.lacking) == (4_700_000, 0)
    (place, issue), = found.issues()  # fmt: skip
    assert place == (0,)
    assert issue.text == (
        "The reserve for A is 2,000,000 shares short on Mar 15, 2019: 6,000,000 are required, "
        "4,000,000 set aside."
    )


def test_many_notes_that_are_short_make_one_sentence():
    """Seven notes of 6 x 1,000 shares each: 42,000 in all, five of them named."""
    found = reserve(at(*(reserving(f"N{place}", 10, 6, 0) for place in range(7))))
    ((places, issue),) = found.issues()
    assert places == tuple(range(7))
    assert issue.text == (
        "The reserves are 42,000 shares short on Mar 15, 2019: N0 by 6,000; N1 by 6,000; N2 by 6,000; "
        "N3 by 6,000; N4 by 6,000; two more notes."
    )


def test_the_amendment_that_is_needed():
    """12,000,000 required, 4,000,000 set aside: 8,000,000 short; 5,000,000 free, so 3,000,000 are lacking."""
    found = reserve(at(reserving("A", 20_000, 6, 4_000_000)))
    assert (found.free, found.lacking) == (5_000_000, 3_000_000)
    assert [*found.issues()][-1][1].text == (
        "Of the 10,000,000 shares authorised 5,000,000 are free, while 8,000,000 are still to be set aside: "
        "the charter would have to be amended by at least 3,000,000 shares, to 13,000,000."
    )


def test_more_set_aside_than_there_is():
    """3,000,000 authorised - 1,000,000 outstanding - 4,000,000 set aside = -2,000,000."""
    charter = (AuthorisedShares(date(2018, 1, 1), 3_000_000),)
    found = reserve(at(reserving("A", 10, None, 4_000_000), shares_authorised=charter))
    assert (found.free, found.lacking) == (-2_000_000, 2_000_000)
    assert next(found.issues())[1].text == (
        "The shares outstanding and set aside are 2,000,000 more than the 3,000,000 authorised: the charter "
        "would have to be amended by at least 2,000,000 shares, to 5,000,000."
    )


def test_what_is_converted_needs_no_reserve_any_more():
    """4,000 of 10,000 converted: 6 x 600,000."""
    found = reserve(at(reserving("A", 10_000, 6, 0, ledger=(converted(date(2019, 1, 10), 4_000),))))
    assert found.total.required == 3_600_000


def test_shares_set_aside_are_counted_in_shares_of_the_day():
    """Stated after the split of 1 for 10: 50,000 are 500,000 before it."""
    split = (Split(date(2019, 4, 1), 10, 1),)
    note = reserving("A", 10_000, None, 50_000)
    assert reserve(at(note, splits=split)).total.reserved == 500_000
    assert reserve(at(note, splits=split, day=date(2019, 4, 1))).total.reserved == 50_000


def test_without_a_charter_the_notes_are_told_all_the_same():
    found = reserve(at(reserving("A", 10_000, 6, 0), shares_authorised=()))
    assert (found.total.shortfall, found.free, found.lacking) == (6_000_000, None, None)


@given(st.decimals("0.01", "100", places=4), st.integers(0, 10**15))
def test_the_fewest_whole_shares_that_are_enough(multiple, shares):
    required = required_shares(multiple, shares)
    exact = MONEY_CONTEXT.multiply(multiple, Decimal(shares))
    assert required - 1 < exact <= required


@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.integers(1, 12) | st.none(), st.integers(0, 10**8)),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_no_shortfall_is_below_nothing_and_the_amendment_is_just_enough(drawn):
    notes = [reserving(f"{at}", *each) for at, each in enumerate(drawn)]
    found = reserve(at(*notes, day=TODAY))
    assert all(row.shortfall >= 0 for row in found.rows)
    needed = found.outstanding + sum(max(row.required, row.reserved) for row in found.rows)
    assert found.lacking == max(0, needed - found.authorised)
