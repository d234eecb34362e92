"""What is said beneath a term follows from the terms as they stand."""

from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.asides import asides
from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.domain.interest import InterestCharge
from notemodeler.domain.project import FIELD_BY_NAME, with_field
from notemodeler.domain.repayment import PrepaymentStep
from notemodeler.domain.rule import PriceComposition


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


TABLE = (PrepaymentStep(0, 180, Decimal("1.15")), PrepaymentStep(181, 400, Decimal("1.25")))


def test_a_prepayment_table_says_what_paying_off_would_take_on_the_next_notice_day():
    """Aug 1, 2019 is day 365: 125 % of $140,371.51 is $175,464.39 (175,464.3875 up)."""
    said = words(repayment__prepayment_steps=TABLE)["note.repayment.prepayment_steps"]
    assert said == "Aug 1, 2019: 125 %, pay-off $175,464.39"


def test_after_the_last_range_without_a_percentage_prepayment_needs_consent():
    said = words(repayment__prepayment_steps=TABLE[:1])["note.repayment.prepayment_steps"]
    assert said == "Aug 1, 2019: only with the holder’s consent"


@pytest.mark.parametrize(
    ("charge", "field", "aside"),
    [
        # 8 % of $130,000 is $10,400; 180 of 365 days of it are $5,128.77.
        (InterestCharge.ONE_TIME, "charge", "$10,400.00 on Aug 2, 2018"),
        (InterestCharge.AFTER_DAYS, "charge_days", "Jan 29, 2019: $10,400.00 of the whole principal"),
        (InterestCharge.GUARANTEED, "charge_days",
         "Until Jan 29, 2019: $5,128.77 however early it is repaid"),
        (InterestCharge.PREPAID, "charge_days",
         "Until Jan 29, 2019: $5,128.77 kept back from the proceeds"),
    ],
)  # fmt: skip
def test_interest_that_is_not_earned_day_by_day_says_its_day_and_its_dollars(charge, field, aside):
    said = words(interest__charge=charge, interest__charge_days=180)
    assert said[f"note.interest.{field}"] == aside


def test_prepaid_interest_comes_off_the_proceeds():
    said = words(interest__charge=InterestCharge.PREPAID, interest__charge_days=180)
    assert said["note.withheld_fees_amount"] == (
        "Proceeds $124,871.23, prepaid interest of $5,128.77 kept back"
    )


def test_the_last_day_of_the_fixed_price_follows_from_the_days():
    """180 days after Aug 1, 2018."""
    said = words(
        conversion__rule__composition=PriceComposition.LESSER_OF,
        conversion__rule__fixed_price=Decimal("0.003"),
        conversion__rule__fixed_for_days=180,
    )
    assert said["note.conversion.rule.fixed_for_days"] == "For notices through Jan 28, 2019"


def test_a_reserve_says_how_many_shares_it_takes():
    """Twice the 81,698,424 shares of a full conversion on Aug 1, 2019."""
    said = words(conversion__reserve_multiple=Decimal(2))
    assert said["note.conversion.reserve_multiple"] == "163,396,848 shares on Aug 1, 2019"


def test_redemptions_say_when_they_open():
    said = words(repayment__redemption_monthly_amount=Decimal(10000))
    assert said["note.repayment.redemption_opens_days"] == "Mon, Jan 28, 2019"


def test_a_note_not_in_default_says_what_a_default_would_call_for():
    said = words(default__multiple=Decimal("1.5"))
    assert said["note.default.default_date"] == "On default 150 % of what is due"


def test_everything_said_stands_under_a_field():
    assert set(words(default__default_date=date(2019, 3, 5))) <= set(FIELD_BY_NAME)


def test_a_default_that_lowers_what_is_owed_says_what_it_saves():
    said = words(interest__rate=Decimal("1.5"), default__default_date=date(2019, 3, 5))
    assert said["note.default.default_date"].startswith("Saves $")
