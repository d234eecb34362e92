"""The document's text: nothing is lost, nothing wrong is read, and a person can read it."""

import json
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notemodeler.domain.issuer import Issuer
from notemodeler.domain.issues import Severity, UserError
from notemodeler.domain.kinds import PRICE, Choice
from notemodeler.domain.prices import PriceBar, PriceSeries
from notemodeler.domain.project import FIELDS, Project, field_value, with_field
from notemodeler.domain.terms import term
from notemodeler.io import document_format
from notemodeler.io.document import ChecksumError, document_text, read_document
from notemodeler.io.document_format import LARGEST_BYTES, VERSION, checksum, envelope_text
from notemodeler.io.noun_data import MisfitError, form_of
from tests.strategies import projects

BARS = (
    PriceBar(date(2019, 1, 30), Decimal("0.0012")),
    PriceBar(date(2019, 1, 31), None),
    PriceBar(date(2019, 2, 1), Decimal("0.0009")),
)
SMALL = Project(issuer=Issuer("Ascent", "ASTI"), prices=(PriceSeries(bars=BARS),))


def resealed(change) -> str:
    """A small document with its data changed and its checksum made anew, as a careful forger would."""
    data = json.loads(document_text(SMALL))
    change(data)
    data["checksum"] = checksum(data)
    return json.dumps(data)


def refusal(source, **options) -> str:
    with pytest.raises(UserError) as caught:
        read_document(source, **options)
    return caught.value.sentence


@given(projects())
@settings(max_examples=60, deadline=None)
def test_a_document_comes_back_equal_and_is_saved_again_byte_for_byte(project):
    text = document_text(project)
    again, issues = read_document(text.encode())
    assert again == project
    assert issues == ()
    assert document_text(again) == text


@pytest.mark.parametrize("known", FIELDS, ids=lambda known: known.name)
def test_every_field_is_written_where_its_name_says(known):
    data = json.loads(document_text(Project()))["project"]
    owner = known.name.partition(".")[0]
    value = data["notes"][0] if owner == "note" else data[owner]
    for step in known.path:
        value = value[step]
    stored = None if value is None else known.term.kind.from_data(value)
    assert stored == field_value(Project(), known.name)


def test_each_bar_stands_on_one_line():
    lines = [line.strip().rstrip(",") for line in document_text(SMALL).splitlines()]
    assert '{"date": "2019-01-30", "price": "0.0012", "kind": null}' in lines
    assert sum('"date"' in line for line in lines) == 3


def test_numbers_are_text_and_never_exponents():
    large = with_field(Project(), "note.principal_amount", Decimal("1E+12"))
    assert '"principal_amount": "1000000000000"' in document_text(large)


def test_the_text_of_other_scripts_is_readable():
    project = with_field(Project(), "issuer.name", "Зенит – “光” Ltd")
    assert "Зенит – “光” Ltd" in document_text(project)


class Colour(Choice):
    RED = "red", "red as a rose"


@dataclass(frozen=True)
class Spoke:
    length: Decimal | None = term(None, "Length", PRICE, "How long.", optional=True)


@dataclass(frozen=True)
class Wheel:
    """A noun that this program never heard of."""

    made: date
    colour: Colour = Colour.RED
    name: str = ""
    spokes: tuple[Spoke, ...] = ()
    days: tuple[date, ...] = ()
    hub: Spoke = field(default_factory=Spoke)
    weight: Decimal = Decimal(1)
    teeth: int = 3
    retired: date | None = None


def test_a_field_that_the_domain_adds_needs_no_word_here():
    form = form_of(Wheel)
    wheel = Wheel(
        date(2020, 1, 2),
        spokes=(Spoke(Decimal("0.5")), Spoke()),
        days=(date(2021, 3, 4),),
        name="a\nb",
    )
    data = json.loads(json.dumps(form.to_data(wheel)))
    assert data["spokes"] == [{"length": "0.5"}, {"length": None}]
    assert data["colour"] == "red"
    assert form.from_data(data, "", Counter()) == wheel


def test_a_field_without_a_file_form_is_found_when_the_program_starts_to_use_it():
    @dataclass
    class Odd:
        what: complex = 0j

    with pytest.raises(TypeError, match="no form"):
        form_of(Odd)


def test_a_required_value_that_is_not_there_is_refused():
    with pytest.raises(MisfitError) as caught:
        form_of(Wheel).from_data({}, "", Counter())
    assert caught.value.place == "made"


def test_missing_fields_take_their_defaults_with_one_note_each():
    def change(data):
        del data["project"]["notes"][0]["interest"]["rate"]
        del data["project"]["closures"]
        for bar in data["project"]["prices"][0]["bars"]:
            del bar["kind"]

    project, issues = read_document(resealed(change))
    assert project == SMALL
    assert {issue.severity for issue in issues} == {Severity.NOTE}
    assert [issue.fields for issue in issues] == [
        ("prices.bars.kind",), ("note.interest.rate",), ("closures",),
    ]  # fmt: skip
    assert "Interest rate" in issues[1].text
    assert "3 places" in issues[0].text


def test_an_unknown_key_is_refused_by_name():
    sentence = refusal(resealed(lambda data: data["project"]["notes"][0].update(colour="red")))
    assert "colour" in sentence
    assert "notes[0]" in sentence
    assert "extra" in refusal(resealed(lambda data: data.update(extra=1)))


@pytest.mark.parametrize(
    ("steps", "value", "words"),
    [
        (("notes", 0, "interest", "rate"), "8 %", "“Interest rate” (notes[0].interest.rate)"),
        (("notes", 0, "interest", "rate"), 0.08, "A text was expected"),
        (("notes", 0, "interest", "day_count"), "act/364", "not one of"),
        (("notes", 0, "interest"), [], "curly brackets"),
        (("notes", 0, "issue_date"), "8/1/2018", "2018-08-01"),
        (("notes", 0, "issue_date"), None, "missing|expected"),
        (("notes", 0, "principal_amount"), "1e3", "1000"),
        (("notes", 0, "principal_amount"), "1e3000000", "not a number"),
        (("notes", 0, "principal_amount"), "0.001", "decimals"),
        (("notes", 0, "conversion", "lots_are_sold"), 1, "true or false"),
        (("notes", 0, "conversion", "opens_days"), True, "whole number"),
        (("notes", 0, "conversion", "opens_days"), 10**30, "whole number"),
        (("notes", 0, "title"), "two  blanks", "two blanks"),
        (("notes", 0, "ledger"), {}, "list"),
        (("notes",), [], "at least one note"),
        (("remark",), "\ud800", "half a character"),
        (("remark",), 5, "text"),
        (("prices", 0, "bars", 1, "date"), "2019-01-30", "date order"),
        (("prices", 0, "bars", 1, "date"), [[]], "single value"),
    ],
)  # fmt: skip
def test_a_malformed_value_is_refused_with_its_place(steps, value, words):
    def change(data):
        owner = data["project"]
        for step in steps[:-1]:
            owner = owner[step]
        owner[steps[-1]] = value

    sentence = refusal(resealed(change), accept_edited=True)
    assert any(word in sentence for word in words.split("|")), sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("note.interest.rate", Decimal("10.01")),
        ("note.conversion.rule.lookback_days", -4),
        ("note.principal_amount", Decimal(-1)),
    ],
)
def test_values_past_their_hard_bounds_are_neither_written_nor_read(name, value):
    with pytest.raises(UserError, match="must be at"):
        document_text(with_field(Project(), name, value))


def test_a_value_that_could_not_be_read_again_is_not_written():
    odd = with_field(Project(), "note.principal_amount", Decimal("0.001"))
    with pytest.raises(UserError, match="“Principal”"):
        document_text(odd)
    with pytest.raises(UserError, match="remark"):
        document_text(replace(Project(), remark="\udc80"))
    with pytest.raises(UserError, match="Principal"):
        document_text(with_field(Project(), "note.principal_amount", Decimal("NaN")))
    with pytest.raises(ValueError, match="at least one note"):
        Project(notes=())


def test_an_edit_by_hand_is_not_read_silently():
    edited = document_text(SMALL).replace('"0.0012"', '"0.0013"')
    with pytest.raises(ChecksumError) as caught:
        read_document(edited)
    assert caught.value.hint
    project, issues = read_document(edited, accept_edited=True)
    assert project.prices[0].bars[0].price == Decimal("0.0013")
    assert [issue.severity for issue in issues] == [Severity.WARNING]


def test_an_accepted_edit_is_still_checked():
    edited = document_text(SMALL).replace('"0.0012"', '"about a cent"')
    assert "about a cent" in refusal(edited, accept_edited=True)


def test_other_line_ends_indents_and_a_byte_order_mark_are_no_edit():
    text = document_text(SMALL)
    assert read_document(text.replace("\n", "\r\n"))[0] == SMALL
    assert read_document("\ufeff" + json.dumps(json.loads(text)))[0] == SMALL
    assert read_document(b"\xef\xbb\xbf" + text.encode())[0] == SMALL


def test_a_newer_format_is_refused_by_its_version():
    def change(data):
        data.update(version=VERSION + 1, written_by="7.1", novelty=1.5)

    sentence = refusal(resealed(change))
    assert "newer" in sentence
    assert "7.1" in sentence


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "line 1"),
        ("null", "not a Note Modeler document"),
        ("[]", "not a Note Modeler document"),
        ('{"format": "another"}', "not a Note Modeler document"),
        ('{"format": "Note Modeler document"}', "which version"),
        ('{"format": "Note Modeler document", "version": true}', "which version"),
        ('{"format": "Note Modeler document", "version": 0}', "which version"),
        ('{"a": 1,\n "a": 2}', "“a” twice"),
        ('{"a": 1,\n "b" 2}', "line 2"),
        (b"\n\n\xff", "line 3"),
        ("[" * 500_000, "nested too deeply"),
        ("[" * 2_000_000, "more rows"),
        ("NaN", "not a Note Modeler document"),
    ],
)
def test_what_is_no_document_is_refused_in_a_sentence(source, words):
    assert words in refusal(source, name="“x.note”")


def test_deep_nesting_inside_a_document_is_refused():
    for depth in (500, 990, 5_000):
        nested = resealed(lambda data: data.update(project="@")).replace(
            '"@"', '{"remark":' * depth + "1" + "}" * depth
        )
        assert refusal(nested, accept_edited=True)


def test_numbers_out_of_this_world_are_refused_at_once():
    for number in ("1e999", "9" * 100_000, "-Infinity"):
        text = resealed(
            lambda data: data["project"]["notes"][0]["conversion"].update(opens_days="@")
        )
        assert "opens_days" in refusal(text.replace('"@"', number), accept_edited=True)


def test_more_than_64_megabytes_are_refused_before_they_are_parsed(monkeypatch):
    def parsed(*_, **__):
        raise AssertionError("it was parsed")

    monkeypatch.setattr(document_format.json, "loads", parsed)
    assert "64 MB" in refusal(b" " * (LARGEST_BYTES + 1))


def test_a_document_that_could_not_be_read_for_its_size_is_not_written():
    data = form_of(Project).to_data(Project())
    data["remark"] = "é" * (LARGEST_BYTES // 2)
    with pytest.raises(UserError, match="64 MB"):
        envelope_text(data, "0")


def test_a_document_cut_short_anywhere_is_refused():
    content = document_text(SMALL).encode()
    body = len(content.rstrip())
    for length in range(body):
        assert refusal(content[:length])


def test_random_bit_flips_never_load_a_wrong_number():
    content = document_text(SMALL).encode()
    chance = random.Random(20180801)
    refused = 0
    for _ in range(3000):
        flipped = bytearray(content)
        for _ in range(chance.choice((1, 1, 1, 2, 8))):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        try:
            project, _ = read_document(bytes(flipped))
        except UserError:
            refused += 1
        else:
            assert project == SMALL
    assert refused > 2000


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_in_a_sentence(content):
    assert refusal(content)
