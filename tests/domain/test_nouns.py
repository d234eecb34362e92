"""The domain's own `dataclass` does what the standard library's frozen one does."""

import copy
import dataclasses
import inspect
import pickle
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.domain.issuer import Issuer, ShareCount
from notemodeler.domain.nouns import dataclass
from notemodeler.domain.project import FIELDS, Project
from notemodeler.domain.terms import with_value

COUNT = ShareCount(date(2018, 6, 30), 1000)


@dataclass(frozen=True)
class Pair:
    """A noun with a field of each kind: without a default, with one, and with one that is made."""

    first: int
    second: str = "two"
    third: Issuer = dataclasses.field(default_factory=Issuer)

    def __post_init__(self) -> None:
        if self.first < 0:
            raise ValueError("negative")


@dataclasses.dataclass(frozen=True)
class Twin:
    """The same, as the standard library makes it."""

    first: int
    second: str = "two"
    third: Issuer = dataclasses.field(default_factory=Issuer)


@pytest.mark.parametrize("given", [{}, {"second": "zwei"}, {"third": Issuer("Other")}])
def test_a_noun_is_made_compared_hashed_and_shown_as_the_standard_one(given):
    made, twin = Pair(1, **given), Twin(1, **given)
    assert dataclasses.astuple(made) == dataclasses.astuple(twin)
    assert made == Pair(1, **given)
    assert made != Pair(2, **given)
    assert made != twin
    assert hash(made) == hash(twin) == hash(Pair(1, **given))
    assert repr(made) == repr(twin).replace("Twin", "Pair")
    assert inspect.signature(Pair).parameters.keys() == inspect.signature(Twin).parameters.keys()


def test_arguments_are_taken_by_place_and_missing_ones_are_refused():
    assert Pair(1, "zwei", Issuer("Other")).third.name == "Other"
    with pytest.raises(TypeError, match="first"):
        Pair()
    with pytest.raises(TypeError, match="fourth"):
        Pair(1, fourth=4)
    with pytest.raises(ValueError, match="negative"):
        Pair(-1)


@pytest.mark.parametrize("noun", [COUNT, Project(), Pair(1)], ids=lambda noun: type(noun).__name__)
def test_no_field_can_be_set_or_deleted(noun):
    name = dataclasses.fields(noun)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(noun, name, 1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(noun, name)
    with pytest.raises((AttributeError, TypeError)):
        noun.not_a_field = 1


@pytest.mark.parametrize("noun", [COUNT, Project()], ids=lambda noun: type(noun).__name__)
def test_copies_and_pickles_are_equal(noun):
    assert copy.copy(noun) == copy.deepcopy(noun) == pickle.loads(pickle.dumps(noun)) == noun


def test_replacing_a_field_leaves_the_others():
    later = dataclasses.replace(COUNT, shares=2000)
    assert (later.date, later.shares) == (COUNT.date, 2000)
    assert COUNT.shares == 1000


def test_rows_have_no_room_for_anything_else():
    assert not hasattr(COUNT, "__dict__")


def test_every_noun_with_terms_keeps_the_defaults_of_its_fields():
    fresh = Project()
    owners = {"issuer": fresh.issuer, "note": fresh.notes[0],
              "scenario": fresh.scenario, "valuation": fresh.valuation}  # fmt: skip
    for field in FIELDS:
        owner = owners[field.name.partition(".")[0]]
        assert with_value(owner, field.path, field.default) == owner, field.name


def test_decimals_that_are_equal_make_equal_nouns():
    assert dataclasses.replace(Project().notes[0], principal_amount=Decimal("1.0")) == (
        dataclasses.replace(Project().notes[0], principal_amount=Decimal("1.00"))
    )
