"""Two notes side by side: what differs, and what changing each term alone does to the first note."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

import pytest

from notemodeler.app.compare import compare_notes, conversion_day
from notemodeler.app.presets import find_preset, note_from_preset
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_note, ascent_project
from notemodeler.app.sample_book import ascent_book
from notemodeler.domain.numbers import FORM
from notemodeler.domain.project import FIELDS, Project, with_field
from notemodeler.domain.repayment import PrepaymentStep
from notemodeler.domain.rule import PriceComposition, Statistic

RULE = "note.conversion.rule"
OPENS = date(2019, 2, 1)


def changed(**fields):
    """The Ascent note with some terms changed, by the end of their dotted names."""
    project = Project(notes=(ascent_note(),))
    for end, value in fields.items():
        name = next(
            field.name for field in FIELDS if field.name.endswith("." + end.replace("__", "."))
        )
        project = with_field(project, name, value)
    return project.notes[0]


def against(other, **options):
    return compare_notes(ascent_project(), 0, other, **options)


def row(found, label):
    return next(each for each in found.rows if each.label == label)


def test_the_same_terms_differ_in_nothing():
    found = against(replace(ascent_note(), title="Another name", remark="and words"))
    assert found.rows == ()
    assert found.a == found.b
    assert not any(found.together)


def test_a_lower_multiplier_costs_shares_and_leaves_the_pay_off():
    """135,214.25 over 60 % of the reference instead of 65 %: 13/12 of the shares."""
    found = against(changed(rule__multiplier=Decimal("0.60")))
    quote = compute(ascent_project()).quote(OPENS)
    by_hand = (Decimal("135214.25") / (quote.price.reference_price * Decimal("0.60"))).quantize(
        Decimal(1), ROUND_FLOOR
    )
    (only,) = found.rows
    assert (only.field.name, only.shown_a, only.shown_b) == (f"{RULE}.multiplier", "65 %", "60 %")
    assert only.effect.shares == by_hand - quote.shares
    assert only.effect.shares / quote.shares == pytest.approx(1 / 12)
    assert only.effect.pay_off == 0
    assert only.effect.annual_cost > 0
    assert found.together == only.effect
    assert found.on == OPENS


def test_a_prepayment_table_costs_cash_on_day_180_and_no_shares():
    """Day 180 is January 28, 2019: 130,000 and 179 days of interest, 5,100.27; 40 % of that is 54,040.11."""
    found = against(changed(prepayment_steps=(PrepaymentStep(0, 180, Decimal("1.4")),)))
    only = row(found, "Prepayment table")
    assert found.pay_off_day == date(2019, 1, 28)
    assert found.a.pay_off == Decimal("135100.27")
    assert found.b.pay_off == Decimal("189140.38")
    assert only.effect.pay_off == Decimal("54040.11")
    assert only.effect.shares == 0
    assert only.shown_a == "none"


def test_where_prepayment_needs_consent_what_is_owed_is_taken():
    table = (PrepaymentStep(0, 90, Decimal("1.2")),)
    found = against(changed(prepayment_steps=table))
    assert found.b.pay_off == found.a.pay_off == Decimal("135100.27")


def test_terms_that_mean_nothing_alone_are_counted_together():
    both = against(changed(rule__statistic=Statistic.LOWEST))
    assert [each.label for each in both.rows] == ["Reference price"]
    found = against(changed(composition=PriceComposition.LESSER_OF, fixed_price=Decimal("0.0001")))
    price_is, fixed = row(found, "Price is"), row(found, "Fixed price")
    assert fixed.effect is None
    assert fixed.remark == "counted with “Price is”"
    assert fixed.shown_a == "does not apply"
    assert price_is.effect == found.together
    assert found.b.conversion_price == Decimal("0.0001")


def test_what_two_terms_do_by_acting_on_one_another_is_told_apart():
    found = against(changed(rule__multiplier=Decimal("0.60"), interest__rate=Decimal("0.12")))
    assert {each.label for each in found.rows} == {"Interest rate", "Multiplier"}
    singles = sum(each.effect.shares for each in found.rows)
    assert found.interplay.shares == found.together.shares - singles > 0
    assert found.interplay.pay_off == 0


def test_a_figure_that_cannot_be_had_says_why():
    found = against(changed(composition=PriceComposition.FIXED))
    only = row(found, "Price is")
    assert only.effect.shares is None
    assert "fixed price" in only.remark.lower()
    assert found.b.shares is None


def test_notes_of_different_dates_are_measured_on_those_of_the_first():
    book = ascent_book()
    later = next(note for note in book.notes if note.issue_date == date(2019, 3, 7))
    found = compare_notes(book, 0, later)
    dated = [
        each for each in found.rows if each.label in ("Issue date", "Funding date", "Maturity date")
    ]
    assert len(dated) == 3
    assert all(each.effect is None and each.remark for each in dated)
    principal = row(found, "Principal")
    assert principal.effect.shares == found.together.shares
    assert found.b.shares == pytest.approx(found.a.shares * 52_500 / 130_000, rel=1e-6)


def test_of_drafts_of_one_date_the_funding_counts():
    found = against(changed(funding_date=date(2018, 8, 1)))
    only = row(found, "Funding date")
    assert only.effect.pay_off == Decimal("28.50")  # 5,128.77 for 180 days less 5,100.27 for 179


def test_a_preset_is_compared_by_what_it_states():
    base = ascent_note()
    other = note_from_preset(find_preset("Adar Bays"), base=base)
    found = against(other, title="Adar Bays")
    assert found.title_b == "Adar Bays"
    assert [each.label for each in found.rows] == ["Holder", "Window ends"]
    assert row(found, "Holder").effect is None


def test_the_columns_show_every_row_and_the_totals():
    found = against(changed(rule__multiplier=Decimal("0.60"), holder="Somebody"))
    for columns, rows in ((found.columns, found.rows), (found.total_columns, found.totals)):
        names = [column.name for column in columns]
        assert len(set(names)) == len(names)
        for each in rows:
            for column in columns:
                value = column.value(each)
                assert value is None or isinstance(column.kind.show(value, FORM), str)
    assert [column.heading for column in found.columns][1:3] == [found.title_a, found.title_b]


def test_without_a_day_the_day_of_opening_is_taken_or_the_last_that_has_prices():
    project = ascent_project()
    assert conversion_day(compute(project)) == OPENS
    series = project.prices[0]
    short = project.with_series(replace(series, bars=series.bars[:40]))
    results = compute(short)
    assert conversion_day(results) == results.next_notice_date < OPENS
