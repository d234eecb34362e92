"""What can be typed into a term, how it is shown, stepped and named, without any window."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from notemodeler.domain.dates import read_date, show_date
from notemodeler.domain.interest import DayCount
from notemodeler.domain.kinds import MONEY, PRICE, RATE, SHARES
from notemodeler.domain.numbers import FORM, Unreadable
from notemodeler.domain.project import FIELD_BY_NAME, FIELDS, Project, field_value
from notemodeler.ui.forms.locale_style import style_from_locale
from notemodeler.ui.forms.readings import other_reading, read_term, show_term
from notemodeler.ui.forms.sentences import change_sentence
from notemodeler.ui.forms.stepping import can_step, stepped

LOCALES = ("en_US", "de_DE", "fr_FR", "de_CH", "en_IN", "pt_BR")
MULTIPLIER = FIELD_BY_NAME["note.conversion.rule.multiplier"].term


def term_of(name):
    return FIELD_BY_NAME[f"note.{name}"].term


@pytest.mark.parametrize("name", LOCALES)
@given(
    amount=st.decimals(-(10**12), 10**12, places=2),
    price=st.decimals(0, 10**4, places=9),
    rate=st.decimals(-5, 5, places=6),
    shares=st.integers(0, 10**15),
)
def test_every_number_is_read_back_as_it_was_shown(name, amount, price, rate, shares):
    style = style_from_locale(QLocale(name))
    pairs = [(MONEY, amount), (PRICE, price), (RATE, rate), (SHARES, shares)]
    for kind, value in pairs:
        assert kind.read(kind.show(value, style), style) == value


@pytest.mark.parametrize("name", LOCALES)
@given(day=st.dates(date(1980, 1, 1), date(2100, 12, 31)))
def test_every_date_is_read_back_as_it_was_shown(name, day):
    style = style_from_locale(QLocale(name))
    assert read_date(show_date(day), style) == day
    assert show_date(day)[:3].isalpha()


def test_the_marks_and_the_order_of_a_date_are_those_of_the_locale():
    german, american = style_from_locale(QLocale("de_DE")), style_from_locale(QLocale("en_US"))
    assert (german.decimal_mark, german.group_mark, german.day_first) == (",", ".", True)
    assert american == FORM
    assert style_from_locale(QLocale.c()) == FORM


def test_a_german_price_is_never_misread():
    german = style_from_locale(QLocale("de_DE"))
    cap = term_of("conversion.rule.fixed_price")
    assert read_term(cap, "0,0123", german) == Decimal("0.0123")
    with pytest.raises(Unreadable):
        read_term(cap, "0.0123", german)


@pytest.mark.parametrize(
    "text", ["35 % off", "35% discount", "35 off", "35 % Discount", "35 % below"]
)
def test_the_discount_is_understood_where_the_multiplier_is_asked(text):
    assert read_term(MULTIPLIER, text, FORM) == Decimal("0.65")


def test_off_means_nothing_in_another_rate():
    with pytest.raises(Unreadable):
        read_term(term_of("interest.rate"), "35 % off", FORM)


def test_both_readings_of_a_multiplier_are_given():
    assert other_reading(MULTIPLIER, Decimal("0.65"), "65 %", FORM) == "= 35 % discount"
    assert other_reading(MULTIPLIER, Decimal("0.65"), "35 % off", FORM) == "= 65 %"
    assert other_reading(MULTIPLIER, Decimal("1.2"), "120", FORM) == "= 20 % premium"
    assert other_reading(term_of("interest.rate"), Decimal("0.08"), "8 %", FORM) == ""


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("conversion.rule.lookback_days", "10 trading days", 10),
        ("conversion.rule.lookback_days", "10 Days", 10),
        ("interest.rate", "8 % a year", Decimal("0.08")),
        ("principal_amount", "$130,000", Decimal(130000)),
        ("conversion.rule.fixed_price", "", None),
        ("conversion.rule.fixed_price", "$0.05 a share", Decimal("0.05")),
        ("title", "Ten days", "Ten days"),
    ],
)
def test_units_may_be_typed(name, text, value):
    assert read_term(term_of(name), text, FORM) == value


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("interest.rate", Decimal("0.09"), "Change interest rate to 9 %"),
        ("principal_amount", Decimal(123), "Change principal to $123.00"),
        ("conversion.rule.fixed_price", None, "Change fixed price to none"),
        ("conversion.rule.lookback_days", 15, "Change look-back to 15 trading days"),
        ("conversion.opens_days", 90, "Change days after issue to 90 days"),
        ("interest.day_count", DayCount.ACT_360, "Change day count to actual/360"),
        ("maturity_date", date(2019, 8, 1), "Change maturity date to Aug 1, 2019"),
        ("title", "A" * 60, f"Change title to “{'A' * 39}…”"),
    ],
)
def test_an_edit_is_named_by_what_it_does(name, value, sentence):
    assert change_sentence(FIELD_BY_NAME[f"note.{name}"], value, FORM) == sentence


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_reads_what_it_shows_and_names_its_edit(field):
    value = field_value(Project(), field.name)
    assert read_term(field.term, show_term(field.term, value, FORM), FORM) == value
    assert change_sentence(field, value, FORM).startswith("Change ")


@pytest.mark.parametrize(
    ("name", "value", "count", "after"),
    [
        ("principal_amount", Decimal(130000), 1, Decimal(131000)),
        ("principal_amount", Decimal("0.01"), -1, Decimal("0.01")),
        ("interest.rate", Decimal("0.08"), 1, Decimal("0.09")),
        ("interest.rate", Decimal("0.005"), -1, Decimal(0)),
        ("conversion.rule.fixed_price", Decimal("0.0042"), -1, Decimal("0.0041")),
        ("conversion.rule.lookback_days", 250, 1, 250),
        ("conversion.rule.lookback_days", 10, 10, 20),
        ("conversion.holder_shares", 1234567, 1, 1244567),
        ("maturity_date", date(2019, 8, 1), -1, date(2019, 7, 31)),
        ("maturity_date", date(2019, 1, 31), 10, date(2019, 2, 28)),
        ("maturity_date", date(2019, 1, 31), -10, date(2018, 12, 31)),
        ("maturity_date", date(2100, 12, 31), 1, date(2100, 12, 31)),
    ],
)
def test_a_step_is_sensible_and_stays_within_the_bounds(name, value, count, after):
    assert stepped(term_of(name), value, count) == after


def test_text_does_not_step():
    assert not can_step(term_of("title"))
