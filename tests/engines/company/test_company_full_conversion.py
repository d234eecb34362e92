"""Everything converted at once: each note at its own price, limits aside, and what the limits allow."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.issuer import AuthorisedShares
from notemodeler.domain.kinds import RATE
from notemodeler.domain.rule import FloorEffect, PriceComposition, PriceRule
from notemodeler.engines.company.full_conversion import full_conversion
from tests.engines.company.book_cases import at, converted, fixed_note

LIMITED = {"ownership_limit": Decimal("0.0499")}


def test_two_notes_converted_together():
    """10,000 / 0.01 = 1,000,000 and 5,000 / 0.02 = 250,000 shares come to 1,000,000 outstanding.

    2,250,000 after: note A has 44.4444 %, note B 11.1111 %, the old holders keep 44.4444 %;
    10,000,000 authorised leave 7,750,000.
    """
    found = full_conversion(at(fixed_note("A", 10_000), fixed_note("B", 5_000, "0.02")))
    assert [row.shares for row in found.rows] == [1_000_000, 250_000]
    assert [RATE.show(row.share_after) for row in found.rows] == ["44.4444 %", "11.1111 %"]
    assert (found.total.shares, found.after, found.head_room) == (1_250_000, 2_250_000, 7_750_000)
    assert found.old_holders == Decimal("0.444444")


def test_head_room_is_negative_where_the_charter_does_not_reach():
    charter = (AuthorisedShares(date(2018, 1, 1), 1_500_000),)
    found = full_conversion(at(fixed_note("A", 10_000), shares_authorised=charter))
    assert found.head_room == -500_000


def test_the_fee_is_converted_on_top():
    """(10,000 + 500) / 0.01 = 1,050,000."""
    fee = {"fee_amount": Decimal(500)}
    found = full_conversion(at(fixed_note("A", 10_000, conversion=fee)))
    assert found.total.shares == 1_050_000


def test_the_ownership_limit_of_one_holder_over_two_notes():
    """floor(4.99 % x 1,000,000 / 95.01 %) = 52,520 for the holder, whichever notes it converts.

    Each note alone could bring 52,520; another holder's 52,520 come on top.
    """
    notes = (
        fixed_note("A", 10_000, holder="North", conversion=LIMITED),
        fixed_note("B", 10_000, holder="North", conversion=LIMITED),
        fixed_note("C", 10_000, holder="South", conversion=LIMITED),
    )
    found = full_conversion(at(*notes))
    assert [row.allowed for row in found.rows] == [52_520] * 3
    assert [row.cut_by for row in found.rows] == ["the 4.99 % limit"] * 3
    assert [(row.name, row.places, row.allowed) for row in found.holders] == [
        ("North", (0, 1), 52_520),
        ("South", (2,), 52_520),
    ]
    assert found.total.allowed == 105_040


def test_a_lower_limit_goes_first_and_counts_against_the_higher():
    """A: floor(49,900 / 0.9501) = 52,520. B: floor((9.99 % x 1,052,520 - 52,520) / 90.01 %) = 58,467.

    105,146.748 - 52,520 = 52,626.748, / 0.9001 = 58,467.6; together 110,987 = floor(99,900 / 0.9001).
    """
    notes = (
        fixed_note("B", 10_000, holder="North", conversion={"ownership_limit": Decimal("0.0999")}),
        fixed_note("A", 10_000, holder="North", conversion=LIMITED),
    )
    assert full_conversion(at(*notes)).total.allowed == 110_987


def test_a_note_without_a_limit_goes_last():
    """A's 52,520 under 4.99 % and then B's 1,000,000; after B nothing would be left for A."""
    notes = (
        fixed_note("B", 10_000, holder="North"),
        fixed_note("A", 10_000, holder="North", conversion=LIMITED),
    )
    assert full_conversion(at(*notes)).total.allowed == 1_052_520


def test_what_was_kept_counts_against_the_limit():
    """100,000 shares were taken and kept of 1,100,000: floor((20 % x 1,100,000 - 100,000) / 80 %) = 150,000."""
    kept = {"ownership_limit": Decimal("0.20"), "lots_are_sold": False}
    note = fixed_note("A", 10_000, conversion=kept, ledger=(converted(date(2019, 1, 10), 1_000),))
    found = full_conversion(at(note))
    assert (found.holders[0].held, found.rows[0].shares) == (100_000, 900_000)
    assert found.rows[0].allowed == 150_000


def test_an_exchange_cap_counts_what_was_issued():
    """19.99 % of 1,000,000 are 199,900; 100,000 were issued, 99,900 are left."""
    cap = {"exchange_cap": Decimal("0.1999")}
    note = fixed_note("A", 10_000, conversion=cap, ledger=(converted(date(2019, 1, 10), 1_000),))
    found = full_conversion(at(note, day=date(2019, 3, 15)))
    assert (found.rows[0].allowed, found.rows[0].cut_by) == (99_900, "the exchange cap of 19.99 %")


def test_a_monthly_cap_counts_the_month_of_the_day():
    """Of $3,000 a month, $1,000 were converted on Mar 4: $2,000 / 0.01 = 200,000 now, 300,000 in April."""
    cap = {"monthly_cap_amount": Decimal(3_000)}
    note = fixed_note("A", 10_000, conversion=cap, ledger=(converted(date(2019, 3, 4), 1_000),))
    march, april = (
        full_conversion(at(note, day=day)).rows[0] for day in (date(2019, 3, 15), date(2019, 4, 1))
    )
    assert (march.allowed, april.allowed) == (200_000, 300_000)
    assert march.cut_by == "the cap of $3,000.00 a month"


def test_a_monthly_cap_leaves_out_what_a_floor_added():
    """$1,000 at $0.01 under a floor of $0.02: 100,000 shares, $1,000 added; $2,000 are left of $3,000."""
    rule = PriceRule(
        composition=PriceComposition.FIXED, fixed_price=Decimal("0.01"), floor_price=Decimal("0.02"),
        floor_effect=FloorEffect.ADD_PRINCIPAL,
    )  # fmt: skip
    cap = {"monthly_cap_amount": Decimal(3_000), "rule": rule}
    note = fixed_note("A", 10_000, conversion=cap, ledger=(converted(date(2019, 3, 4), 1_000),))
    day = at(note)
    assert (day.standings[0].issued, day.standings[0].converted) == (100_000, 2_000)
    assert full_conversion(day).rows[0].allowed == 200_000


def test_nothing_is_allowed_before_conversion_opens():
    note = fixed_note("A", 10_000, conversion={"opens_date": date(2019, 4, 1)})
    row = full_conversion(at(note)).rows[0]
    assert (row.shares, row.allowed, row.cut_by) == (
        1_000_000,
        0,
        "conversion opens on Apr 1, 2019",
    )


def test_without_a_share_count_there_are_shares_but_no_parts():
    found = full_conversion(at(fixed_note("A", 10_000, conversion=LIMITED), shares_outstanding=()))
    assert (found.total.shares, found.after, found.old_holders) == (1_000_000, None, None)
    assert (found.rows[0].allowed, found.total.allowed) == (None, None)


LIMITS = st.sampled_from((None, Decimal("0.0499"), Decimal("0.0999")))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 10**6), st.sampled_from("NSE"), LIMITS), min_size=1, max_size=6
    ),
    st.randoms(use_true_random=False),
)
def test_what_holders_may_take_together_keeps_every_limit_in_any_order(drawn, random):
    notes = [
        fixed_note(f"{place}", amount, holder=holder, conversion={"ownership_limit": limit})
        for place, (amount, holder, limit) in enumerate(drawn)
    ]
    found = full_conversion(at(*notes))
    shuffled = random.sample(notes, len(notes))
    again = full_conversion(at(*shuffled))
    assert found.total.allowed == again.total.allowed
    assert {row.name: row.allowed for row in found.holders} == {
        row.name: row.allowed for row in again.holders
    }
    for row in found.holders:
        limits = [drawn[place][2] for place in row.places]
        if None not in limits:
            assert row.allowed <= max(limits) * (1_000_000 + row.allowed)
        assert row.allowed <= row.shares
    assert found.total.shares == sum(row.shares for row in found.rows)
