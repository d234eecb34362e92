"""The decisions on the command line, as text and as JSON."""

import json
from datetime import date

import pytest

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.cli.decisions import VIEWS, decide
from notemodeler.domain.issues import UserError

DAY = date(2019, 8, 1)
RESULTS = compute(ascent_project())


@pytest.mark.parametrize("what", list(VIEWS))
def test_every_decision_has_a_text_and_the_same_figures_as_data(what):
    text = decide(RESULTS, what, DAY, as_json=False)
    data = json.loads(decide(RESULTS, what, DAY, as_json=True))
    assert text.startswith(data["title"])
    assert all(sentence in text for sentence in data["sentences"])
    assert data["rows"]


def test_without_a_day_the_ladder_is_as_of_the_first_notice_after_the_last_price():
    data = json.loads(decide(RESULTS, "ladder", None, as_json=True))
    assert data["as_of"] == "2019-08-01"
    assert data["amount"] == "140371.51"
    assert data["rows"][0] == {
        "market": "On the day",
        "market_price": "0.00297",
        "conversion_price": "0.001718166667",
        "amount": "140371.51",
        "shares": 81698424,
        "share_of_company": "0.055138",
        "market_value": "242644.32",
        "lots": 2,
        "trading_days": 2,
        "last_date": "2019-08-02",
        "authorised_short": None,
    }


def test_the_cycle_as_data_tells_how_it_ends():
    data = json.loads(decide(RESULTS, "cycle", None, as_json=True))
    assert (data["end"], data["over"], data["shares"]) == ("over", "2019-08-05", 81188314)
    assert (data["converted"], data["left"], data["sales"]) == ("140374.59", "0.00", "241129.30")


def test_the_cost_as_data_adds_up():
    data = json.loads(decide(RESULTS, "cost", DAY, as_json=True))
    assert (data["received"], data["given"], data["cost"]) == ("130000", "242644.32", "112644.32")
    assert data["annual_rate"] == 0.869698


def test_the_issues_stand_below_the_text():
    text = decide(RESULTS, "cost", date(2018, 10, 18), as_json=False)
    assert "error: " in text


def test_a_word_that_is_not_known_is_refused_with_those_that_are():
    with pytest.raises(UserError, match="ladder, book, cycle, prepay, cost"):
        decide(RESULTS, "fate", DAY, as_json=False)


def test_a_day_that_the_calendar_does_not_know_is_refused():
    with pytest.raises(UserError, match="No answer as of 1900-01-01"):
        decide(RESULTS, "cost", date(1900, 1, 1), as_json=False)
