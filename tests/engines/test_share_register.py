"""The register of shares: reports, issues and splits, as they were counted on each day."""

from datetime import date

import pytest

from notemodeler.domain.issuer import Issuer, ShareCount, Split
from notemodeler.engines.share_register import GrowingRegister, ShareIssue, ShareRegister

COUNTS = (ShareCount(date(2018, 6, 30), 100), ShareCount(date(2018, 12, 31), 300))
ISSUES = (
    ShareIssue(date(2018, 7, 15), 0, 7),
    ShareIssue(date(2018, 12, 31), 1, 5),
    ShareIssue(date(2019, 1, 2), 0, 11),
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 6, 29), None),
        (date(2018, 6, 30), 100),
        (date(2018, 8, 1), 107),
        (date(2018, 12, 31), 305),
        (date(2019, 1, 2), 316),
    ],
)
def test_a_later_report_replaces_count_and_issues_before_its_day(day, expected):
    assert ShareRegister(Issuer(shares_outstanding=COUNTS), ISSUES).outstanding(day) == expected


def test_what_is_issued_on_the_day_of_a_report_comes_on_top_of_it():
    register = ShareRegister(Issuer(shares_outstanding=COUNTS), ISSUES)
    assert register.outstanding(date(2018, 12, 31), before_entries=True) == 300
    assert register.outstanding(date(2018, 7, 15), before_entries=True) == 100


def test_the_shares_of_some_notes_by_a_day():
    register = ShareRegister(Issuer(), ISSUES)
    day = date(2019, 1, 2)
    assert register.taken(frozenset((0,)), day) == 18
    assert register.taken(frozenset((0,)), day, before_entries=True) == 7
    assert register.taken(frozenset((0, 1)), day) == 23
    assert register.taken(frozenset(), day) == 0


def test_a_reverse_split_carries_every_part_by_itself():
    """1 for 10 on January 2: 300 and 5 become 30 and 0; the 11 of that day are new shares already."""
    issuer = Issuer(shares_outstanding=COUNTS, splits=(Split(date(2019, 1, 2), 10, 1),))
    register = ShareRegister(issuer, ISSUES)
    assert register.outstanding(date(2019, 1, 1)) == 305
    assert register.outstanding(date(2019, 1, 2), before_entries=True) == 30
    assert register.outstanding(date(2019, 1, 2)) == 41
    assert register.taken(frozenset((0,)), date(2019, 1, 2)) == 11
    assert register.carried(1999, date(2018, 1, 1), date(2019, 1, 2)) == 199
    assert register.change_days[-1] == date(2019, 1, 2)


def test_a_growing_register_counts_as_the_finished_one_does():
    issuer = Issuer(shares_outstanding=COUNTS, splits=(Split(date(2019, 1, 2), 10, 1),))
    growing = GrowingRegister(issuer)
    growing.watch(frozenset((0,)))
    for issue in ISSUES:
        assert growing.outstanding(issue.date) == growing.frozen().outstanding(issue.date)
        growing.add(issue)
        assert growing.taken(frozenset((0,)), issue.date) == growing.frozen().taken(
            frozenset((0,)), issue.date
        )
    assert growing.outstanding(date(2019, 1, 2)) == 41
    assert growing.outstanding_as_began(date(2019, 1, 2)) == 30
    assert growing.frozen().issues == ISSUES
