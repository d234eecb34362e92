"""Tests of the chart panel over a real document: what it draws, explains and says."""

import dataclasses
import subprocess
import sys
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF

from notemodeler.app.sample import NO_BID, NOT_RECORDED, ascent_project
from notemodeler.domain.issuer import Split, StatusEvent, StatusKind
from notemodeler.domain.ledger import EntryKind, LedgerEntry
from notemodeler.domain.project import Project, with_field
from notemodeler.domain.rule import PriceComposition, WindowAnchor, WindowEnd
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.ui.charts.explain_marks import step_words
from notemodeler.ui.charts.frame import fitting, values_text
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.charts.plane import Plane
from notemodeler.ui.charts.window_marks import spread
from notemodeler.ui.document import Document
from notemodeler.ui.theme import DARK, LIGHT

RULE = "note.conversion.rule."


def change(document, name, value):
    document.edit_field(name, value, "Change")


def test_frames_are_there_without_pyqtgraph_or_numpy():
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from notemodeler.app.sample import ascent_project\n"
        "from notemodeler.ui.document import Document\n"
        "from notemodeler.ui.theme import LIGHT\n"
        "from notemodeler.ui.charts.panel import ChartPanel\n"
        "app = QApplication([])\n"
        "panel = ChartPanel(Document(ascent_project()), LIGHT)\n"
        "panel.show(); app.processEvents(); panel.grab()\n"
        "panel.document.move_cursor(__import__('datetime').date(2019, 3, 5))\n"
        "print([m for m in ('numpy', 'pyqtgraph', 'PySide6.QtSvg') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_filling_again_makes_no_new_plots(panel):
    views = [chart.view for chart in panel.charts]
    panel.fill()
    assert [chart.view for chart in panel.charts] == views


def test_curves_show_the_daily_figures(panel, document):
    figures = document.results.daily
    explain, shares, balance = panel.charts
    np.testing.assert_array_equal(explain.price.values, figures.price)
    np.testing.assert_array_equal(explain.conversion.values, figures.conversion_price)
    known = figures.shares > 0
    np.testing.assert_allclose(10 ** shares.shares.values[known], figures.shares[known])
    assert np.isnan(shares.shares.values[~known]).all()
    owed = figures.principal + figures.interest + figures.default_sum
    np.testing.assert_array_equal(balance.default.values[owed > 0], owed[owed > 0])


def test_an_edit_moves_the_conversion_line_and_leaves_the_price_line_alone(panel, document):
    explain = panel.charts[0]
    before, price_data = explain.conversion.values, explain.price.item.getData()[1]
    change(document, RULE + "multiplier", Decimal("0.5"))
    np.testing.assert_allclose(explain.conversion.values, before * 0.5 / 0.65)
    assert explain.price.item.getData()[1] is price_data


def test_a_hidden_panel_waits_until_it_is_shown(panel, document):
    before = panel.charts[0].conversion.values
    panel.hide()
    change(document, RULE + "multiplier", Decimal("0.5"))
    assert panel.charts[0].conversion.values is before
    panel.show()
    assert panel.charts[0].conversion.values is not before


def test_steps_leave_a_gap_where_there_is_no_price(panel):
    explain = panel.charts[0]
    place = panel.desk.place(NO_BID)
    x, y = explain.price.item.getData()
    assert np.isnan(y[2 * place])
    assert list(x[2 * place : 2 * place + 2]) == [place - 0.5, place + 0.5]
    assert place in explain.no_quotes
    assert {panel.desk.place(day) for day in NOT_RECORDED} <= set(explain.no_quotes)


@pytest.mark.parametrize("length", [1, 10, 25])
def test_the_window_is_as_wide_as_the_look_back_and_ends_before_the_cursor_day(
    panel, document, length
):
    change(document, RULE + "lookback_days", length)
    change(document, RULE + "lowest_count", 1)
    document.move_cursor(date(2019, 3, 5))
    span = panel.charts[0].windows[0].span
    assert span.wide == length
    assert span.last == panel.desk.cursor - 0.5


def test_the_window_includes_the_cursor_day_if_the_note_says_so(panel, document):
    change(document, RULE + "window_end", WindowEnd.NOTICE_DAY)
    document.move_cursor(date(2019, 3, 5))
    span = panel.charts[0].windows[0].span
    assert (span.wide, span.last) == (10, panel.desk.cursor + 0.5)


def test_the_title_row_tells_the_figures_of_the_cursor_day(panel, document):
    document.move_cursor(date(2019, 3, 5))
    quote = document.results.quote(date(2019, 3, 5))
    explain, shares, balance = (values_text(frame.values) for frame in panel.frames)
    assert explain.startswith("Mar 5, 2019, bid $0.00238")
    assert f"{quote.shares:,}" in shares
    assert "principal $130,000.00" in balance


def test_a_gap_says_which_day_is_missing(panel, document):
    document.move_cursor(date(2018, 9, 24))
    assert "no conversion price" in values_text(panel.frames[0].values)
    panel.describe()
    assert "Sep 20, 2018" in panel.frames[0].accessibleDescription()


def test_an_empty_document_says_what_to_do(qtbot):
    made = ChartPanel(Document(Project()), LIGHT)
    qtbot.addWidget(made)
    made.show()
    made.fill()
    assert made.charts[0].message == "Enter or import prices to see the conversion price."
    assert [chart.view.left.isVisible() for chart in made.charts] == [False, False, True]
    assert not made.grab().isNull()


def test_terms_that_forbid_a_price_are_named_in_the_chart(panel, document):
    change(document, RULE + "lowest_count", 20)
    assert "look-back has only" in panel.charts[0].message


def test_cap_and_floor_are_drawn_and_a_near_one_is_in_sight(panel, document):
    change(document, RULE + "floor_price", Decimal("0.0011"))
    change(document, RULE + "composition", PriceComposition.LESSER_OF)
    change(document, RULE + "fixed_price", Decimal("3"))
    explain = panel.charts[0]
    assert [level.text for level in explain.levels] == ["cap $3.0000", "floor $0.0011"]
    assert explain.view.plane.has_value(0.0011)
    assert not explain.view.plane.has_value(3.0)


def test_events_and_conversions_are_marked(panel, document):
    entry = LedgerEntry(date(2019, 2, 20), EntryKind.CONVERSION, Decimal(20000))
    note = dataclasses.replace(document.results.note, ledger=(entry,))
    document.edit(document.project.with_note(note), "Convert")
    change(document, "note.default.default_date", date(2019, 5, 15))
    explain = panel.charts[0]
    assert [event.text for event in explain.events] == [
        "conversion opens Feb 1, 2019", "default May 15, 2019", "maturity Aug 1, 2019",
    ]  # fmt: skip
    assert [place for place, _ in explain.conversions] == [panel.desk.place(date(2019, 2, 20))]
    assert panel.charts[2].converted.item.isVisible()
    assert not panel.grab().isNull()


def test_the_arrow_names_what_moved_the_price(document):
    project = with_field(document.project, RULE + "floor_price", Decimal("0.0019"))
    document.edit(project, "Floor")
    assert words_on(document, date(2019, 3, 5)) == ["× 65 %", "floor"]


def words_on(document, day):
    return step_words(document.results.quote(day).price, document.results.quoter.rule.on(day))


def test_the_arrow_names_the_multiplier_that_is_in_force(document):
    chill = StatusEvent(StatusKind.DTC_CHILL, date(2019, 2, 4), date(2019, 3, 1))
    step = RuleStep(StepTrigger.DTC_CHILL, extra_discount=Decimal("0.1"))
    project = with_field(document.project, RULE + "steps", (step,))
    document.edit(with_field(project, "issuer.status_events", (chill,)), "Chill")
    assert words_on(document, date(2019, 2, 12)) == ["× 55 %"]
    assert words_on(document, date(2019, 3, 5)) == ["× 65 %"]


def test_a_second_window_is_shaded_ringed_and_named_where_it_counts(panel, document):
    change(document, RULE + "second.anchor", WindowAnchor.NOTICE)
    change(document, RULE + "second.multiplier", Decimal("0.5"))
    document.move_cursor(date(2019, 3, 5))
    main, second = panel.charts[0].windows
    assert (main.words, second.words) == ("10 trading days", "second window, 20 trading days")
    assert (main.span.wide, second.span.wide) == (10, 20)
    assert second.reference == document.results.quote(date(2019, 3, 5)).price.second_reference
    assert words_on(document, date(2019, 3, 5)) == ["× 50 %", "second window"]
    assert not panel.grab().isNull()


def split_prices(project, day, times):
    """The prices of the sample with a reverse split of so many for one on a day."""
    series = project.prices[0]
    bars = tuple(
        dataclasses.replace(bar, price=bar.price and bar.price * times)
        if bar.date >= day else bar
        for bar in series.bars
    )  # fmt: skip
    return with_field(
        project.with_series(series.with_bars(bars)), "issuer.splits", (Split(day, times),)
    )


def test_a_reverse_split_is_named_and_the_prices_before_it_stay_readable(panel, document):
    change(document, RULE + "composition", PriceComposition.LESSER_OF)
    change(document, RULE + "fixed_price", Decimal("0.002"))
    day = date(2019, 3, 15)
    document.edit(split_prices(document.project, day, 100), "Split")
    explain, shares, _ = panel.charts
    assert "reverse split 1 for 100, Mar 15, 2019" in [each.text for each in explain.events]
    assert [each.text for each in shares.events] == ["reverse split 1 for 100"]
    assert explain.is_log
    assert explain.frame.face.title == "Conversion price, log scale"
    plane = explain.view.plane
    low, high = np.nanmin(explain.price.values), np.nanmax(explain.price.values)
    assert plane.rect.top() < plane.y(high) < plane.y(low) < plane.rect.bottom()
    before = explain.price.values[: panel.desk.place(day)]
    assert plane.y(np.nanmin(before)) - plane.y(np.nanmax(before)) > 0.1 * plane.rect.height()
    cap, carried = explain.levels
    assert (cap.text, carried.text) == ("cap $0.0020", "cap $0.2000")
    assert cap.last == carried.first == panel.desk.place(day) - 0.5
    document.undo_stack.undo()
    assert not explain.is_log
    assert plane_is_linear(explain.view.plane)


def plane_is_linear(plane):
    return plane.y(0.001) - plane.y(0.002) == pytest.approx(plane.y(0.002) - plane.y(0.003))


def test_a_value_read_off_a_log_plane_is_the_value_put_there(panel):
    plane = Plane(panel.charts[0].view.plane.rect, 0, 10, -4.5, -0.5, True)
    for value in (0.0001, 0.002, 0.3):
        assert plane.value_at(plane.y(value)) == pytest.approx(value)
        higher = plane.value_at(plane.y(value) - 1)
        assert higher - value == pytest.approx(plane.pixel_worth(value), rel=0.05)
    assert not plane.has_value(0)


@pytest.mark.parametrize(
    ("composition", "words"),
    [(PriceComposition.VARIABLE, []), (PriceComposition.FIXED, ["fixed price $0.0015"]),
     (PriceComposition.GREATER_OF, ["fixed price $0.0015"])],
)  # fmt: skip
def test_a_fixed_price_is_called_what_it_is(panel, document, composition, words):
    change(document, RULE + "fixed_price", Decimal("0.0015"))
    change(document, RULE + "composition", composition)
    assert [level.text for level in panel.charts[0].levels] == words


def test_the_tags_of_low_prices_stay_inside_the_chart(panel, document):
    change(document, RULE + "multiplier", Decimal("0.02"))
    explain = panel.charts[0]
    image = explain.view.grab().toImage()
    colour = LIGHT.conversion
    right = image.width() - 20
    rows = [y for y in range(image.height()) if image.pixelColor(right, y).name() == colour]
    assert max(rows) - min(rows) >= QFontMetricsF(explain.font).height() - 1


def test_the_percent_axis_counts_whole_decades_below_the_shares_axis(panel, document):
    shares, figures = panel.charts[1], document.results.daily
    known = figures.shares > 0
    moved = 10 ** (shares.percents.values[known] - shares.shift)
    np.testing.assert_allclose(moved, figures.share_of_company[known])
    assert (shares.percents.values[known] < shares.shares.values[known]).all()


def test_price_labels_of_a_series_near_four_hundredths_of_a_cent_have_no_prefix(panel, document):
    series = document.project.prices[0]
    bars = tuple(
        dataclasses.replace(bar, price=bar.price and Decimal("0.0004")) for bar in series.bars
    )
    document.edit(document.project.with_series(series.with_bars(bars)), "Prices")
    view = panel.charts[0].view
    low, high = view.plane.low, view.plane.high
    [(spacing, values)] = view.left.tickValues(low, high, view.plane.rect.height())
    texts = view.left.tickStrings(values, 1.0, spacing)
    assert "$0.0004" in [text.rstrip("0") for text in texts]
    assert all(text.startswith("$0.000") for text in texts)


def test_the_three_plots_have_one_x_axis(panel):
    panel.desk.zoom(100, 0.3)
    planes = [chart.view.plane for chart in panel.charts]
    assert len({(plane.first, plane.last) for plane in planes}) == 1
    assert len({(plane.rect.left(), plane.rect.right()) for plane in planes}) == 1
    assert [chart.view.bottom is not None for chart in panel.charts] == [False, False, True]


def test_the_theme_changes_live(panel):
    def corner():
        return panel.charts[0].view.grab().toImage().pixelColor(3, 3).name()

    assert corner() == LIGHT.base
    panel.set_theme(DARK)
    assert corner() == DARK.base
    assert panel.charts[0].conversion.item.opts["pen"].color().name() == DARK.conversion


def test_every_plot_has_a_name_and_a_summary(panel):
    panel.describe()
    for frame, chart in zip(panel.frames, panel.charts, strict=True):
        assert frame.accessibleName() == chart.view.accessibleName() != ""
        assert len(chart.view.accessibleDescription()) > 40


def test_numbers_side_by_side_keep_their_distance_and_their_centre():
    moved = spread([10.0, 11.0, 12.0], 9.0)
    assert moved == pytest.approx([2.0, 11.0, 20.0])
    assert spread([], 9.0) == []


def test_a_narrow_title_row_keeps_the_first_and_the_last_figure(panel):
    metrics = QFontMetricsF(panel.font())
    values = (
        ("", "Mar 5, 2019"),
        ("bid", "$0.00238"),
        ("reference", "$0.001957"),
        ("conversion", "$0.001272"),
    )
    assert fitting(values, metrics, 10_000) == values
    assert fitting(values, metrics, metrics.horizontalAdvance("Mar 5, 2019 conversion $0.001272") + 40) == (
        values[0], values[3],
    )  # fmt: skip
    assert fitting(values, metrics, 1) == values[:1]


def test_another_document_is_shown_whole_and_its_cursor_is_free(panel):
    panel.desk.zoom(100.0, 0.2)
    panel.desk.set_pinned(True)
    project = ascent_project()
    panel.document.load(project)
    assert not panel.desk.is_pinned
    assert panel.desk.last - panel.desk.first > len(panel.desk.days)


def test_without_a_share_count_there_is_no_percent_axis_and_no_legend_for_it(panel):
    project = panel.document.project
    issuer = dataclasses.replace(project.issuer, shares_outstanding=())
    panel.document.edit(dataclasses.replace(project, issuer=issuer), "Delete share counts")
    shares = panel.charts[1]
    assert not shares.view.right.isVisible()
    assert [entry.label for entry in shares.frame.face.entries] == ["shares"]
    panel.document.undo_stack.undo()
    assert shares.view.right.isVisible()


def test_the_sample_of_a_line_stands_with_its_figure_and_takes_room(panel):
    metrics = QFontMetricsF(panel.font())
    values = (("", "Mar 5, 2019"), ("bid", "$0.00238"), ("conversion", "$0.001272"))
    room = sum(metrics.horizontalAdvance(part) for pair in values for part in pair) + 2 * 14 + 2 * 4
    assert fitting(values, metrics, room) == values
    assert fitting(values, metrics, room, frozenset({"conversion"})) == (values[0], values[2])
    figures = {words for frame in panel.frames for words, _ in frame.values}
    assert {each.figure for each in panel.frames[1].face.entries} <= figures
