"""Tests of the pictures and the data that leave the charts."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from notemodeler.app.sample import NO_BID, ascent_project
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.charts.shown_data import cell_text
from notemodeler.ui.document import Document
from notemodeler.ui.theme import DARK, LIGHT


@pytest.fixture
def panel(qtbot):
    made = ChartPanel(Document(ascent_project()), DARK)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    made.fill()
    made.document.move_cursor(date(2019, 3, 5))
    return made


def test_a_png_is_light_unless_asked_and_as_large_as_its_scale(panel):
    one = QImage.fromData(panel.picture("png"))
    three = QImage.fromData(panel.picture("png", 3))
    assert three.size() == one.size() * 3
    assert one.pixelColor(2, 2).name() == LIGHT.base
    assert QImage.fromData(panel.picture("png", dark=True)).pixelColor(2, 2).name() == DARK.base


def test_the_window_keeps_its_theme_and_its_look(panel):
    before = panel.grab().toImage()
    for kind in ("png", "svg", "pdf"):
        panel.picture(kind)
    assert panel.theme is DARK
    assert panel.grab().toImage() == before


def test_a_png_shows_the_curves(panel):
    image = QImage.fromData(panel.picture("png", 2))
    colours = {image.pixelColor(x, y).name() for x in range(200, 1600, 3) for y in range(120, 600)}
    assert {LIGHT.bid, LIGHT.conversion} <= colours


def test_an_svg_has_text_and_vector_paths_and_no_bitmap(panel):
    svg = panel.picture("svg").decode()
    texts = re.findall(r"<text[^>]*>\s*([^<]*?)\s*</text>", svg)
    for words in (
        "Ascent Solar Technologies, Inc. — Power Up note, $130,000",
        "$0.003",
        "Jan 2019",
        "× 65 %",
    ):
        assert words in texts
    longest = max(re.findall(r"<path[^>]*\bd=\"([^\"]*)\"", svg), key=lambda path: path.count("L"))
    assert longest.count("L") > 300
    assert "<image" not in svg
    assert LIGHT.conversion in svg
    assert DARK.conversion not in svg


def test_a_pdf_is_one(panel):
    pdf = panel.picture("pdf")
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) > 10_000


def test_a_picture_can_be_made_before_the_charts_are_shown(qtbot):
    made = ChartPanel(Document(ascent_project()), LIGHT)
    qtbot.addWidget(made)
    image = QImage.fromData(made.picture("png"))
    assert image.width() >= 640
    assert image.height() >= 480


@pytest.mark.parametrize(("kind", "scale"), [("gif", 1), ("png", 0), ("png", 5)])
def test_other_formats_and_scales_are_mistakes_of_the_caller(panel, kind, scale):
    with pytest.raises(ValueError, match="no picture"):
        panel.picture(kind, scale)


def rows_of(panel):
    return list(csv.DictReader(io.StringIO(panel.shown_data()), delimiter="\t"))


def test_the_data_have_headings_and_a_row_for_each_day_in_sight(panel):
    rows = rows_of(panel)
    assert [row["Date"] for row in rows] == [day.isoformat() for day in panel.desk.days]
    row = next(row for row in rows if row["Date"] == "2019-03-05")
    quote = panel.document.results.quote(date(2019, 3, 5))
    assert row["Closing bid"] == "0.00238"
    assert Decimal(row["Conversion price"]) == pytest.approx(
        quote.price.conversion_price, rel=Decimal("1e-9")
    )
    assert int(row["Shares for the whole balance"]) == quote.shares
    assert row["Principal"] == "130000"
    assert next(row for row in rows if row["Date"] == NO_BID.isoformat())["Closing bid"] == ""


def test_zooming_in_leaves_fewer_rows(panel):
    panel.desk.zoom(100, 0.1)
    assert 20 < len(rows_of(panel)) < 40


def test_copying_puts_data_and_picture_on_the_clipboard(panel):
    panel.copy_data()
    assert QGuiApplication.clipboard().text().startswith("Date\tClosing bid\t")
    panel.copy_picture()
    assert QGuiApplication.clipboard().image().width() > 1600


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (52520787.0, "52520787"),
        (float("nan"), ""),
        (0.0, "0"),
    ],
)
def test_cells_have_no_exponent_and_no_binary_noise(value, text):
    assert cell_text(value) == text
