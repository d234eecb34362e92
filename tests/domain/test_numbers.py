"""Numbers and dates as people write them: read exactly, or refused with a sentence."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notemodeler.domain.dates import is_ambiguous, read_date, show_date, show_long_date
from notemodeler.domain.kinds import PRICE, RATE
from notemodeler.domain.numbers import (
    CANONICAL,
    FORM,
    Style,
    Unreadable,
    read_decimal,
    show_decimal,
)

LOCALES = {
    "en_US": Style(".", ","),
    "de_DE": Style(",", "."),
    "fr_FR": Style(",", "\u202f"),
    "de_CH": Style(".", "’"),
    "pt_BR": Style(",", "."),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("130000", "130000"), ("$130,000.00", "130000.00"), ("0.0123", "0.0123"), (".5", "0.5"),
        ("(1,250.50)", "-1250.50"), ("−5", "-5"), ("1’000’000", "1000000"), ("1 234.5", "1234.5"),
        ("12,34,567.8", "1234567.8"), ("5e-3", "0.005"), ("USD 12", "12"), ("\u00a07", "7"),
    ],
)  # fmt: skip
def test_what_people_write_is_read(text, value):
    assert read_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "1,23", "1.2.3", "1_000", "٣", "nan", "inf", "1e3000000", "1e30", "0x10", "--5", "1,000,00",
     "12e", "five", "1.5,000", "9" * 65, "0." + "0" * 30 + "1"],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(Unreadable) as caught:
        read_decimal(text)
    assert str(caught.value).endswith(".")


def test_a_german_comma_is_decimal_in_german_and_refused_in_files():
    assert read_decimal("0,0123", LOCALES["de_DE"]) == Decimal("0.0123")
    with pytest.raises(Unreadable):
        read_decimal("0,0123", CANONICAL)


@pytest.mark.parametrize("style", LOCALES.values(), ids=LOCALES)
@given(value=st.decimals("-1e15", "1e15", places=6))
def test_shown_and_read_again_is_the_same(style, value):
    assert read_decimal(show_decimal(value, style), style) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value="-1e20", max_value="1e20"))
def test_no_number_is_ever_shown_with_an_exponent(value):
    assert "e" not in show_decimal(value).lower()


def test_a_bare_rate_is_percent_in_a_form_and_a_fraction_in_a_file():
    assert (
        RATE.read("8", FORM)
        == RATE.read("8 %", CANONICAL)
        == RATE.read("0.08", CANONICAL)
        == Decimal("0.08")
    )
    assert RATE.show(Decimal("0.0499")) == "4.99 %"
    with pytest.raises(Unreadable, match="write 65% for percent"):
        RATE.read("65", CANONICAL)


def test_a_price_keeps_at_most_twelve_decimals():
    assert PRICE.show(Decimal("0.0004")) == "0.0004"
    with pytest.raises(Unreadable, match="12 decimals"):
        PRICE.read("0.0000000000001")


@pytest.mark.parametrize(
    "text",
    ["2025-04-15", "4/15/2025", "4/15/25", "041525", "20250415", "15 Apr 2025", "Apr 15, 2025", "April 15, 2025",
     "15-Apr-25", "15.04.2025", "15/4/2025", "apr 15 2025", "15th April 2025"],
)  # fmt: skip
def test_dates_typed_in_any_sane_way(text):
    assert read_date(text) == date(2025, 4, 15)


def test_day_first_settles_what_could_be_two_dates():
    assert read_date("4/5/2025") == date(2025, 4, 5)
    assert read_date("4/5/2025", Style(day_first=True)) == date(2025, 5, 4)
    assert is_ambiguous("4/5/2025")
    assert not is_ambiguous("4/15/2025")
    assert not is_ambiguous("5/5/2025")


@pytest.mark.parametrize(
    "text", ["", "2025-02-30", "13/13/2025", "soon", "1/1/1066", "2025-1", "Foo 3, 2020"]
)
def test_what_is_not_a_date_is_refused(text):
    with pytest.raises(Unreadable):
        read_date(text)


@given(st.dates(date(1980, 1, 1), date(2079, 12, 31)))
def test_every_shown_date_reads_back(day):
    assert (
        read_date(show_date(day))
        == read_date(show_long_date(day))
        == read_date(day.isoformat())
        == day
    )
