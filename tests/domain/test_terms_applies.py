"""Whether a term applies is said once, beside the term."""

from notemodeler.domain.kinds import COUNT
from notemodeler.domain.project import FIELD_BY_NAME, FIELDS, applies
from notemodeler.domain.rule import Statistic, WindowAnchor
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
    assert len(conditions) > 20
    assert all(condition[0] in FIELD_BY_NAME for condition in conditions)


def test_a_term_does_not_apply_where_the_term_that_decides_it_does_not():
    terms = {
        "note.conversion.rule.second.anchor": WindowAnchor.NONE,
        "note.conversion.rule.second.statistic": Statistic.MEAN_OF_LOWEST,
    }
    name = "note.conversion.rule.second.lowest_count"
    assert not applies(name, terms.get)
    assert applies(name, {**terms, "note.conversion.rule.second.anchor": WindowAnchor.ISSUE}.get)


def test_a_condition_can_stand_for_any_of_several_values():
    some = Term("A", COUNT, "help", applies_when=("other", frozenset({"x", "y"}), True))
    assert some.applies({"other": "y"}.get)
    assert not some.applies({"other": "z"}.get)
