"""The explanation of a price: what it says, where it is silent, and that it never guesses."""

import dataclasses
from datetime import date

import pytest

from notemodeler.app.results import compute
from notemodeler.app.sample import NO_BID, NOT_RECORDED, ascent_project
from notemodeler.app.why import explain, show_day, trading_day_beside
from notemodeler.app.why_text import as_html, as_text
from notemodeler.domain.issues import Severity
from notemodeler.domain.project import with_field
from notemodeler.domain.rule import MissingPrices, Statistic
from notemodeler.engines.words import price_text

NOTICE = date(2019, 8, 1)


@pytest.fixture(scope="module")
def results():
    return compute(ascent_project())


def changed(**fields):
    project = ascent_project()
    for name, value in fields.items():
        project = with_field(project, "note." + name.replace("__", "."), value)
    return compute(project)


def values(why, title):
    return {line.label: line.value for line in why.section(title).lines}


def test_the_headline_is_the_price_that_the_engine_quotes(results):
    why = explain(results, NOTICE)
    assert why.price == price_text(results.quote(NOTICE).price.conversion_price)
    assert why.date == "Thu, Aug 1, 2019"


def test_the_lowest_prices_are_numbered_from_the_lowest(results):
    why = explain(results, NOTICE)
    marked = sorted((row.mark, row.price) for row in why.window if row.mark)
    assert [mark for mark, _ in marked] == ["1", "2", "3"]
    prices = [price for _, price in marked]
    assert prices == sorted(prices)
    assert max(prices) <= min(row.price for row in why.window if not row.mark)


def test_all_prices_of_the_window_show_the_same_decimals(results):
    lengths = {len(row.price.partition(".")[2]) for row in explain(results, NOTICE).window}
    assert lengths == {5}


def test_an_average_of_all_marks_every_day_without_a_rank():
    why = explain(changed(conversion__rule__statistic=Statistic.MEAN), NOTICE)
    assert {row.mark for row in why.window} == {"•"}


def test_a_missing_day_is_named_and_leaves_no_price(results):
    why = explain(results, date(2018, 10, 19))
    assert why.price == "—"
    gaps = {row.day: row.gap for row in why.window if row.gap}
    assert gaps == dict.fromkeys(NOT_RECORDED, "not recorded")
    assert why.issues[0].severity is Severity.ERROR
    assert why.section("Arithmetic") is None
    assert why.section("If all of it were converted") is None


def test_a_day_on_which_nobody_bid_is_told_from_one_that_is_not_recorded():
    why = explain(
        changed(conversion__rule__missing_prices=MissingPrices.LEAVE_OUT), date(2018, 9, 24)
    )
    assert [row.gap for row in why.window if row.day == NO_BID] == ["nobody quoted"]
    assert why.price != "—"


def test_a_window_before_the_first_price_and_after_the_last_says_so(results):
    assert explain(results, date(2018, 7, 3)).window[0].gap == "before the first price"
    assert explain(results, date(2019, 9, 3)).window[-1].gap == "after the last price"


def test_the_figures_are_those_of_the_quote(results):
    why, quote = explain(results, NOTICE), results.quote(NOTICE)
    assert values(why, "Balance on the day") == {
        "Principal": "$130,000.00",
        "Accrued interest": "$10,371.51",
        "Convertible amount": "$140,371.51",
    }
    converted = values(why, "If all of it were converted")
    assert converted["Shares"] == f"{quote.shares:,}"
    assert converted["Annualised cost"] == f"{results.quoter.annual_cost(quote) * 100:,.1f} %"
    assert values(why, "Ownership limit")["Most new shares now"] == f"{quote.limit.shares:,}"


def test_shares_that_the_holder_has_are_in_the_limit_arithmetic():
    why = explain(changed(conversion__holder_shares=5_000_000), NOTICE)
    line = next(x for x in why.section("Ownership limit").lines if x.label.startswith("Most new"))
    assert line.detail == "(4.99 % × 1,400,000,000 − 5,000,000) ÷ 95.01 %"


def test_a_note_without_a_limit_says_so():
    why = explain(changed(conversion__ownership_limit=None), NOTICE)
    assert [line.label for line in why.section("Ownership limit").lines] == ["No ownership limit"]


def test_a_holder_at_the_limit_cannot_convert():
    why = explain(changed(conversion__holder_shares=100_000_000), NOTICE)
    assert values(why, "Ownership limit")["Whole balance"] == "cannot go"


def test_before_funding_nothing_is_owed_and_nothing_is_converted(results):
    why = explain(results, date(2018, 8, 1))
    assert values(why, "Balance on the day") == {"Nothing is owed": "$0.00"}
    assert why.section("If all of it were converted") is None


def test_the_text_holds_every_piece(results):
    why = explain(results, NOTICE)
    text = as_text(why)
    for section in why.sections:
        assert section.title in text
        for line in section.lines:
            assert line.label in text
            assert line.value in text
            assert line.detail in text
    for row in why.window:
        assert row.date in text
        assert row.price in text
    assert why.clause in text
    assert text.count("qualifies") == 3


def test_the_html_escapes_what_the_user_wrote():
    why = explain(changed(title="<b>Note & co</b>"), NOTICE)
    assert "&lt;b&gt;Note &amp; co&lt;/b&gt;" in as_html(why)
    assert "<b>Note" not in as_html(why)


def test_the_html_names_issues_in_words(results):
    assert "<b>Error:</b>" in as_html(explain(results, date(2018, 10, 19)))


def test_neighbours_step_over_closed_days(results):
    assert trading_day_beside(results, date(2019, 7, 5), -1) == date(2019, 7, 3)
    assert trading_day_beside(results, date(2019, 7, 4), 1) == date(2019, 7, 5)
    assert trading_day_beside(results, date(2019, 7, 4), -1) == date(2019, 7, 3)
    assert trading_day_beside(results, date(2019, 7, 5), 1) == date(2019, 7, 8)


def test_there_is_no_neighbour_past_the_calendar(results):
    calendar = results.market.calendar
    assert trading_day_beside(results, calendar.last, 1) is None
    assert trading_day_beside(results, calendar.first, -1) is None


def test_an_explanation_never_changes():
    why = explain(compute(ascent_project()), NOTICE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        why.price = "$1"


def test_a_day_is_shown_with_its_weekday():
    assert show_day(date(2018, 8, 1)) == "Wed, Aug 1, 2018"
