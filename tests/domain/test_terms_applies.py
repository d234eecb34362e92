"""Whether a term applies is said once, beside the term."""

from notemodeler.domain.kinds import COUNT
from notemodeler.domain.project import FIELD_BY_NAME, FIELDS
from notemodeler.domain.terms import Term


def test_a_term_without_a_condition_always_applies():
    assert Term("A", COUNT, "help").applies(lambda name: None)


def test_a_condition_can_ask_for_a_value_or_against_it():
    wanted = Term("A", COUNT, "help", applies_when=("other", "x", True))
    unwanted = Term("A", COUNT, "help", applies_when=("other", "x", False))
    assert wanted.applies({"other": "x"}.get)
    assert not wanted.applies({"other": "y"}.get)
    assert unwanted.applies({"other": "y"}.get)
    assert not unwanted.applies({"other": "x"}.get)


def test_every_condition_names_a_field_that_exists():
    conditions = [field.term.applies_when for field in FIELDS if field.term.applies_when]
    assert len(conditions) == 8
    assert all(condition[0] in FIELD_BY_NAME for condition in conditions)
