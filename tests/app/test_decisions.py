"""The decisions as readers take them: sentences, tables that copy as they stand, and arrays for charts."""

import dataclasses
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from math import isnan

import pytest

from notemodeler.app.decision_copy import as_html, as_text, as_tsv, table_cells
from notemodeler.app.decision_words import short_price
from notemodeler.app.decisions import Decisions
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.issuer import AuthorisedShares
from notemodeler.domain.repayment import PrepaymentStep, RepaymentTerms
from notemodeler.domain.scenario import Scenario

DAY = date(2019, 8, 1)
SAMPLE = ascent_project()
HOUSE_TABLE = tuple(
    PrepaymentStep(first, last, Decimal(percent))
    for first, last, percent in ((0, 30, "1.15"), (31, 60, "1.20"), (61, 180, "1.40"))
)


def decisions(project=SAMPLE, place=0):
    return Decisions(compute(project, place))


def with_scenario(**changes):
    return dataclasses.replace(SAMPLE, scenario=Scenario(**changes))


def with_table():
    repayment = RepaymentTerms(prepayment_steps=HOUSE_TABLE)
    return SAMPLE.with_note(dataclasses.replace(SAMPLE.notes[0], repayment=repayment))


def test_the_ladder_has_the_sentence_that_a_filing_would_use():
    """$140,371.51 / 0.0017181666... = 81,698,424 of 1,481,698,424; flat at half of $0.00297 it is
    140,371.51 / 0.00096525 = 145,425,029 of 1,545,425,029.
    """
    first, second = decisions().ladder(DAY).sentences
    assert first == (
        "As of August 1, 2019, conversion of the $140,371.51 outstanding under the note at the conversion "
        "price of $0.001718 would result in the issuance of 81,698,424 shares, or 5.51 % of the shares "
        "outstanding after it; a fall of the market price by 50 % would raise this to 145,425,029 shares, "
        "or 9.41 %."
    )
    assert second == (
        "These figures disregard the limit on what a holder may own (4.99 %), under which it would take "
        "two notices of conversion."
    )


def test_before_conversion_opens_the_ladder_says_when():
    sentences = decisions().ladder(date(2018, 12, 14)).sentences
    assert "The note becomes convertible on February 1, 2019." in sentences


def test_the_charter_is_told_where_it_would_not_do():
    issuer = dataclasses.replace(
        SAMPLE.issuer, shares_authorised=(AuthorisedShares(date(2018, 1, 1), 1_450_000_000),)
    )
    sentences = decisions(dataclasses.replace(SAMPLE, issuer=issuer)).ladder(DAY).sentences
    assert sentences[-1] == "31,698,424 more shares would have to be authorised."


def test_the_ladder_of_the_book_speaks_of_all_its_notes():
    project = dataclasses.replace(SAMPLE, notes=(SAMPLE.notes[0], SAMPLE.notes[0]))
    view = decisions(project).book_ladder(DAY)
    assert view.sentences[0].startswith(
        "As of August 1, 2019, conversion of the $280,743.02 outstanding under the two notes at the "
        "conversion prices of that day would result in the issuance of 163,396,848 shares"
    )


class Cells(HTMLParser):
    """The cells of an HTML table with the figures that a spreadsheet takes."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.numbers, self.inside = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.inside = True
            self.rows[-1].append("")
            held = dict(attributes)
            assert held.get("x:num") == held.get("sdval")
            if "sdval" in held:
                self.numbers.append(held["sdval"])

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


def test_the_table_copies_as_html_with_its_sentence_and_its_figures_in_full():
    view = decisions().ladder(DAY)
    html = as_html(view)
    cells = Cells(html)
    assert cells.rows == [list(line) for line in table_cells(view)]
    assert cells.rows[1][:5] == [
        "On the day",
        "0.00297",
        "0.001718166667",
        "140,371.51",
        "81,698,424",
    ]
    assert {"0.001718166667", "140371.51", "81698424", "0.055138", "43679"} <= set(cells.numbers)
    assert f"<p>{view.sentences[0]}</p>" in html


def test_it_copies_as_plain_columns_for_a_spreadsheet():
    lines = as_tsv(decisions().ladder(DAY)).split("\n")
    assert lines[1].split("\t") == [
        "On the day", "0.00297", "0.001718166667", "140371.51", "81698424", "5.513800%", "242644.32",
        "2", "2", "2019-08-02",
    ]  # fmt: skip
    assert lines[7].startswith("As of August 1, 2019")


def test_text_leaves_out_columns_that_say_nothing():
    text = as_text(decisions().ladder(DAY))
    assert "Beyond authorised" not in text
    assert "17.20 %" in text


def test_the_board_reads_both_sides_of_a_day_and_where_they_cross():
    """Day 135 of the table, counted from August 1, is in the last range: 140 % of what is owed that day."""
    view = decisions(with_table()).prepay(date(2018, 12, 14))
    owed = compute(with_table()).history.owed_on(date(2018, 12, 14)).in_cents().total
    cash = (owed * Decimal("1.4")).quantize(Decimal("0.01"))
    assert view.sentences[0].startswith(
        f"On December 14, 2018 (day 135) paying the note off takes ${cash:,} in cash, 140 % of principal "
        f"and interest of ${owed:,}; a conversion of the whole balance at "
    )
    assert (
        "Conversion opens only on February 1, 2019: until then its side is hypothetical."
        in view.sentences
    )
    assert (
        "The last day on which the company may prepay by itself is Jan 28, 2019." in view.sentences
    )
    chart = view.chart
    assert len(chart.days) == len(chart.cash) == len(chart.value) == 180
    assert chart.ordinals[0] == date(2018, 8, 2).toordinal()
    assert any(isnan(value) for value in chart.value)
    assert chart.crossings == tuple(each.date for each in view.found.crossings)
    assert chart.recorded_until == date(2019, 1, 28)


def test_a_note_without_a_table_may_be_prepaid_on_any_day():
    sentences = decisions().prepay(date(2018, 12, 14)).sentences
    assert not any("last day" in sentence for sentence in sentences)


def test_of_several_notes_each_issue_names_its_own():
    other = dataclasses.replace(SAMPLE.notes[0], title="Other")
    project = dataclasses.replace(SAMPLE, notes=(SAMPLE.notes[0], other))
    texts = [issue.text for issue in decisions(project).book_ladder(date(2018, 12, 14)).issues]
    until = "Conversion opens on Feb 1, 2019; until then this figure is hypothetical."
    assert texts == [f"Power Up note, $130,000: {until}", f"Other: {until}"]


def test_a_day_outside_the_table_gives_way_to_the_best_one():
    view = decisions(with_table()).prepay(DAY)
    best = view.found.most_saved.date
    assert f"{best:%B} {best.day}, {best.year}" in view.sentences[0]


def test_an_investor_reads_how_the_cycle_ends():
    """126,335.25 and 14,039.34 are $140,374.59; 73,529,100 + 7,659,214 shares at $0.00297 $241,129.30."""
    view = decisions().cycle
    assert view.sentences == (
        "From Aug 1, 2019 the holder would convert $140,374.59 in two notices, the last on Aug 2, 2019, "
        "into 81,188,314 shares, 5.48 % of those then outstanding.",
        "Selling them would bring $241,129.30, $1.7178 for each dollar converted.",
        "It would be over on Aug 5, 2019.",
    )
    assert view.chart.lot_days == (DAY, date(2019, 8, 2))
    assert view.chart.recorded_until is None


def test_the_cycle_day_by_day_is_a_table_of_its_own():
    view = decisions(with_scenario(volume_shares=20_000_000)).cycle_days
    assert len(view.rows) == len(view.found.days) == 42
    assert all(len(line) == len(table_cells(view)[0]) for line in table_cells(view))


def test_a_cycle_on_actual_prices_marks_where_they_end():
    view = decisions(with_scenario(start_date=date(2019, 7, 15), volume_shares=20_000_000)).cycle
    assert view.chart.recorded_until == date(2019, 7, 31)


def test_a_cycle_that_never_ends_says_why():
    note = SAMPLE.notes[0]
    conversion = dataclasses.replace(note.conversion, holder_shares=100_000_000)
    project = SAMPLE.with_note(dataclasses.replace(note, conversion=conversion))
    assert decisions(project).cycle.sentences == (
        "From Aug 1, 2019 on nothing would be converted: the ownership limit leaves no room.",
    )


def test_the_cost_is_told_with_its_parts_and_drawn_as_a_waterfall():
    view = decisions().cost(DAY)
    assert view.sentences == (
        "If all that is owed were converted and sold on August 1, 2019, the $130,000.00 received would "
        "have cost $112,644.32, 87.0 % a year: interest $10,371.51, discount of the price $75,584.66 and "
        "look-back $26,688.15.",
    )
    chart = view.chart
    assert (chart.labels[0], chart.labels[-1]) == ("Received", "Given")
    assert chart.starts[1:-1] == chart.ends[:-2]
    assert chart.ends[-2] == pytest.approx(chart.ends[-1])
    assert chart.rate_ends[-2] == pytest.approx(0.8697, abs=1e-4)


def test_a_day_without_a_price_has_a_reason_and_no_bars():
    view = decisions().cost(date(2018, 10, 18))
    assert (view.rows, view.sentences, view.chart.labels) == ((), (), ())
    assert view.issues


def test_the_yearly_cost_by_day_is_that_of_each_quote():
    found = decisions()
    series = found.cost_series
    place = series.days.index(date(2019, 5, 15))
    quote = found.results.quote(date(2019, 5, 15))
    assert series.annual_rate[place] == pytest.approx(found.results.quoter.annual_cost(quote))
    assert len(series.days) == len(series.ordinals) == len(series.annual_rate)


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ("0.0017181666", "$0.001718"), ("0.05", "$0.0500"), ("1.7178", "$1.7178"),
        ("0.00000123456", "$0.000001235"), ("12", "$12.0000"),
    ],
)  # fmt: skip
def test_a_price_in_a_sentence_keeps_four_figures(price, words):
    assert short_price(Decimal(price)) == words
