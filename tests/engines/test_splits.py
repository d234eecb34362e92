"""Carrying figures across splits: exact factors, prices the other way round than shares."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from notemodeler.domain.issuer import Issuer, ShareCount, Split
from notemodeler.engines.share_register import ShareIssue, ShareRegister
from notemodeler.engines.splits import new_for_old, price_carried, shares_carried

REVERSE = Split(date(2019, 6, 3), 10, 1)
FORWARD = Split(date(2020, 1, 6), 1, 3)
BOTH = (REVERSE, FORWARD)
DAYS = st.dates(date(2019, 1, 1), date(2020, 12, 31))


def test_a_split_counts_from_the_beginning_of_its_day():
    assert new_for_old(BOTH, date(2019, 6, 2), date(2019, 6, 2)) == 1
    assert new_for_old(BOTH, date(2019, 6, 2), date(2019, 6, 3)) == Fraction(1, 10)
    assert new_for_old(BOTH, date(2019, 6, 3), date(2019, 6, 4)) == 1
    assert new_for_old(BOTH, date(2019, 1, 1), date(2020, 1, 6)) == Fraction(3, 10)


@given(DAYS, DAYS, DAYS)
def test_stages_multiply_and_the_way_back_undoes(first, second, third):
    whole = new_for_old(BOTH, first, third)
    assert new_for_old(BOTH, first, second) * new_for_old(BOTH, second, third) == whole
    assert new_for_old(BOTH, third, first) * whole == 1


def test_a_reverse_split_raises_prices_and_cuts_counts():
    """1 for 10: $0.0021 becomes $0.021, 1,234 shares become 123 and four tenths paid in cash."""
    factor = Fraction(1, 10)
    assert price_carried(Decimal("0.0021"), factor) == Decimal("0.021")
    assert shares_carried(1_234, factor) == 123


def test_the_register_counts_in_shares_of_the_day_asked_for():
    """Reported 1,000,000 on 1 Jan; 50,000 issued on 1 March: 1,050,000 before the split, 105,000 after;
    5,000 more on 3 June, the split's own day, are new shares: 110,000."""
    issuer = Issuer(
        shares_outstanding=(ShareCount(date(2019, 1, 1), 1_000_000),), splits=(REVERSE,)
    )
    register = ShareRegister(
        issuer,
        (ShareIssue(date(2019, 3, 1), 0, 50_000), ShareIssue(date(2019, 6, 3), 1, 5_000)),
    )
    assert register.outstanding(date(2018, 12, 31)) is None
    assert register.outstanding(date(2019, 6, 2)) == 1_050_000
    assert register.outstanding(date(2019, 6, 3), before_entries=True) == 105_000
    assert register.outstanding(date(2019, 6, 3)) == 110_000
    assert register.taken(frozenset({0}), date(2019, 6, 3)) == 5_000
    assert register.taken(frozenset({0, 1}), date(2019, 6, 3), before_entries=True) == 5_000
