"""What is said beneath a term follows from the terms as they stand."""

from datetime import date
from decimal import Decimal

from notemodeler.app.asides import asides
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.project import FIELD_BY_NAME, with_field


def words(**fields):
    project = ascent_project()
    for name, value in fields.items():
        project = with_field(project, "note." + name.replace("__", "."), value)
    return asides(compute(project))


def test_the_sample_note_owes_what_the_filing_says_at_maturity():
    assert words()["note.maturity_date"] == "364 days from funding, $140,371.51 due"


def test_a_purchase_price_below_the_principal_shows_the_discount_and_the_proceeds():
    said = words(purchase_price_amount=Decimal(117000), withheld_fees_amount=Decimal(3000))
    assert said["note.purchase_price_amount"] == (
        "Original issue discount $13,000.00, 10 % of the principal"
    )
    assert said["note.withheld_fees_amount"] == "Proceeds $114,000.00"


def test_the_day_on_which_conversion_opens_follows_from_the_days_after_issue():
    said = words(conversion__opens_date=None)
    assert said["note.conversion.opens_days"] == "Mon, Jan 28, 2019"
    assert "note.conversion.opens_date" not in said


def test_an_opening_on_a_closed_day_says_so():
    said = words(conversion__opens_date=date(2019, 1, 1))
    assert said["note.conversion.opens_date"] == "153 days after issue (market closed)"


def test_a_default_says_what_it_costs():
    said = words(default__default_date=date(2019, 3, 5), default__multiple=Decimal("1.5"))
    assert said["note.default.default_date"].startswith("Costs $7")
    assert "note.default.default_date" not in words()


def test_dates_that_make_no_sense_say_nothing():
    assert "note.maturity_date" not in words(maturity_date=date(2018, 1, 2))


def test_everything_said_stands_under_a_field():
    assert set(words(default__default_date=date(2019, 3, 5))) <= set(FIELD_BY_NAME)


def test_a_default_that_lowers_what_is_owed_says_what_it_saves():
    said = words(interest__rate=Decimal("1.5"), default__default_date=date(2019, 3, 5))
    assert said["note.default.default_date"].startswith("Saves $")
