"""Preset files: what is written is read again, and what is none is refused by file and field."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.issues import UserError
from notemodeler.domain.project import FIELD_BY_NAME, FIELDS
from notemodeler.domain.repayment import PrepaymentStep
from notemodeler.io import preset_file
from notemodeler.io.preset_file import (
    LARGEST_BYTES,
    Preset,
    can_hold,
    load_preset,
    preset_text,
    read_preset,
    save_preset,
)
from tests.strategies import values

RATE, STEPS = "note.interest.rate", "note.repayment.prepayment_steps"
HELD = [field for field in FIELDS if can_hold(field)]


def data(**parts):
    made = {"format": "Note Modeler preset", "version": 1, "name": "House", "terms": {RATE: "0.1"}}
    return json.dumps({**made, **parts})


def refusal(source) -> str:
    with pytest.raises(UserError) as caught:
        read_preset(source, "“x.json”")
    return caught.value.sentence


def test_a_preset_comes_back_from_its_file(tmp_path):
    preset = Preset(
        "House",
        "House, Inc.",
        "What it is.",
        {
            RATE: Decimal("0.1"),
            STEPS: (PrepaymentStep(0, 30, Decimal("1.15")),),
            "note.conversion.ownership_limit": None,
        },
        {RATE: "A filing"},
        ("note.interest.day_count",),
    )
    saved = save_preset(tmp_path / "house.json", preset)
    again = load_preset(tmp_path / "house.json")
    assert again == saved == preset
    assert again.path == tmp_path / "house.json"
    assert again.terms["note.conversion.ownership_limit"] is None
    assert '"0 | 30 | 1.15"' in (tmp_path / "house.json").read_text()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_term_that_a_preset_holds_comes_back(data):
    field = data.draw(st.sampled_from(HELD))
    preset = Preset("House", terms={field.name: data.draw(values(field.term))})
    if preset.terms[field.name] == "":
        return
    assert read_preset(preset_text(preset), "it") == preset


def test_a_preset_holds_every_term_of_a_note_but_its_dates():
    names = {field.name for field in HELD}
    assert {RATE, STEPS, "note.conversion.rule.steps", "note.default.sums"} <= names
    assert not names & {
        "note.issue_date",
        "note.default.default_date",
        "note.repayment.instalments",
    }
    assert all(name.startswith("note.") for name in names)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "damaged at line 1"),
        ("[]", "not a Note Modeler preset"),
        ('{"format": "Note Modeler document", "version": 1}', "not a Note Modeler preset"),
        (data(version=2), "version 2"),
        (data(version=True), "version True"),
        (data(extra=1), "extra"),
        (data(name=""), "“name”: it is missing"),
        (data(name=5), "“name”: a text"),
        (data(remark="x" * 2001), "2000 characters"),
        (data(terms=[]), "“terms”"),
        (data(terms={"note.interest.rat": "0.1"}), "no field “note.interest.rat”"),
        (data(terms={RATE: 0.1}), f"Interest rate ({RATE}): a text"),
        (data(terms={RATE: "much"}), f"Interest rate ({RATE}): “much” is not a number"),
        (data(terms={RATE: "-0.1"}), f"Interest rate ({RATE}): "),
        (data(terms={RATE: ""}), f"Interest rate ({RATE}): There is no number"),
        (data(terms={STEPS: "0 | 30 | 900"}), "Row 1"),
        (data(terms={"note.issue_date": "2018-08-01"}), "note.issue_date"),
        (data(terms={"issuer.name": "A"}), "issuer.name"),
        (data(sources={"nowhere": "A filing"}), "nowhere"),
        (data(sources={RATE: ""}), f"the source of {RATE}: it is missing"),
        (data(unstated="rate"), "“unstated”"),
        (data(unstated=[["x"]]), "no field"),
        (data(unstated=[RATE]), f"{RATE} is both"),
        ('{"format": "Note Modeler preset", "format": "x"}', "“format” twice"),
        (b"\xff", "a byte"),
        ("[" * 100_000, "nested too deeply"),
        ('{"version": ' + "9" * 5_000 + "}", "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_preset_is_refused_by_file_and_field(source, words):
    sentence = refusal(source)
    assert words in sentence
    assert "“x.json”" in sentence


def test_a_large_file_is_refused_before_it_is_parsed(monkeypatch, tmp_path):
    monkeypatch.setattr(preset_file.json, "loads", lambda *_, **__: pytest.fail("it was parsed"))
    (tmp_path / "large.json").write_bytes(b" " * (LARGEST_BYTES + 1))
    with pytest.raises(UserError, match="256 KB"):
        load_preset(tmp_path / "large.json")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserError, match=r"“gone\.json”"):
        load_preset(tmp_path / "gone.json")
    with pytest.raises(UserError, match="not a plain file"):
        load_preset(tmp_path)


def test_a_value_past_its_bounds_is_not_written(tmp_path):
    with pytest.raises(UserError, match="Interest rate"):
        save_preset(tmp_path / "x.json", Preset("House", terms={RATE: Decimal(11)}))
    assert list(tmp_path.iterdir()) == []


def test_the_bounds_are_those_of_the_term():
    assert FIELD_BY_NAME[RATE].term.maximum == 10
    assert read_preset(data(terms={RATE: "10"}), "it").terms[RATE] == 10
