"""The book as tables, single figures and issues for every reader."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.book import book_days, book_issues, book_on, latest_day, path_of
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.numbers import CANONICAL, FORM
from tests.engines.company.book_cases import (
    TODAY,
    converted,
    fixed_note,
    paid,
    results,
    view,
)


@pytest.fixture
def two_tranches():
    terms = {"reserve_multiple": Decimal(6), "ownership_limit": Decimal("0.0499")}
    return (
        fixed_note("First", 5_000, agreement="June", holder="North", conversion=terms),
        fixed_note("Alone", 1_000, holder="South", ledger=(converted(date(2019, 1, 10), 600),)),
        fixed_note("Second", 3_000, agreement="June", holder="North", ledger=(paid(TODAY, 3_000),)),
    )


def test_every_cell_of_every_table_can_be_shown(two_tranches):
    for table in view(*two_tranches).tables:
        assert table.rows
        for row in table.rows:
            for column in table.columns:
                value = column.value(row)
                if value is not None:
                    assert isinstance(column.kind.show(value, FORM), str)
                    assert isinstance(column.kind.show(value, CANONICAL), str)


def test_tables_columns_and_facts_have_names_of_their_own(two_tranches):
    book = view(*two_tranches)
    assert len({table.name for table in book.tables}) == len(book.tables) == 6
    for table in book.tables:
        assert len({column.name for column in table.columns}) == len(table.columns)
    for facts in (book.conversion_facts, book.reserve_facts, book.sales_facts):
        assert len({fact.name for fact in facts}) == len(facts) > 0


def test_a_row_leads_to_its_note_and_a_sum_to_none(two_tranches):
    table = view(*two_tranches).positions
    assert [table.note_of(at) for at in range(len(table.rows))] == [0, 2, None, 1, None]
    assert table.sums == {2, 4}


def test_a_note_without_a_price_is_named_with_the_reason():
    project = ascent_project()
    book = book_on(compute(project), date(2018, 10, 17))
    assert book.full_conversion.rows[-1].shares is None
    assert book.positions.remark.startswith("Power Up note, $130,000 has no conversion price. ")
    facts = {fact.name: fact.text() for fact in book.conversion_facts}
    assert (facts["new_shares"], facts["outstanding"]) == ("—", "1,000,000,000")


def test_the_figures_of_one_note_are_those_of_its_quote():
    found = compute(ascent_project())
    day = date(2019, 3, 4)
    row, quote = book_on(found, day).positions.rows[0], found.quote(day)
    assert row.balance == quote.owed.total
    assert row.conversion_price == quote.price.conversion_price
    assert (row.shares, row.share_of_company) == (quote.shares, quote.share_of_company)
    assert book_on(found, day).full_conversion.rows[0].allowed == quote.limit.shares


def test_the_list_of_issues_is_as_of_the_day_after_the_last_price():
    """Prices end on Wed, Jul 31, 2019; without prices it is the last day that anything names."""
    assert latest_day(compute(ascent_project())) == date(2019, 8, 1)
    assert latest_day(results(fixed_note("A", 10, ledger=(paid(date(2019, 5, 6), 1),)))) == date(
        2019, 5, 6
    )


def test_issues_name_the_fields_of_the_selected_note_only(two_tranches):
    issue, sales = book_issues(results(*two_tranches))
    assert sales.text.startswith("Form 8-K, Item 3.02: the conversion of Jan 10, 2019 (Alone)")
    assert issue.text.startswith("The reserve for First is 3,000,000 shares short")
    assert issue.fields == ("note.conversion.reserved_shares",)
    assert view(*two_tranches).issues(selected=1)[0].fields == ()


def test_the_path_runs_from_the_first_report_to_the_last_event(two_tranches):
    found = results(*two_tranches)
    days = book_days(found)
    assert (days[0], days[-1]) == (date(2018, 9, 4), date(2019, 3, 15))
    path = path_of(found)
    assert (path.days, path.total[-1]) == (days, 1_060_000)


def test_without_any_share_count_there_are_no_facts_of_sales(two_tranches):
    book = view(*two_tranches, shares_outstanding=())
    assert (book.sales_facts, book.sales.rows) == ((), ())


def test_tables_need_no_arrays():
    """numpy comes only with the path: a start that shows the list of notes does not wait for it."""
    code = (
        "import sys; import notemodeler.app.book; "
        "sys.exit(any(name in sys.modules for name in ('numpy', 'PySide6')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
