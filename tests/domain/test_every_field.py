"""Every field of the document, present and future: its facts are complete and its values survive each reader."""

import json
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.glossary import glossary_markdown
from notemodeler.cli.fields import described, find_field, with_setting
from notemodeler.domain.kinds import ChoiceKind
from notemodeler.domain.numbers import CANONICAL, FORM, Style, Unreadable
from notemodeler.domain.project import FIELDS, Project, field_value, with_field
from notemodeler.domain.rows import RowsKind

EXAMPLES = {
    "text": ["Power Up", "Ünïcode & Söhne"],
    "date": [date(2018, 8, 1), date(2024, 2, 29)],
    "money": [Decimal("130000"), Decimal("0.01"), Decimal("1234567.89")],
    "price": [Decimal("0.000123"), Decimal("12.5")],
    "rate": [Decimal("0.08"), Decimal("0.65"), Decimal("0.0499"), Decimal(1)],
    "count": [1, 250],
    "shares": [0, 52_520_787],
    "days": [1, 180],
    "flag": [True, False],
    "multiple": [Decimal(6), Decimal("2.5")],
}
STYLES = [
    FORM,
    CANONICAL,
    Style(",", "."),
    Style(",", "\u202f"),
    Style(".", "’"),
    Style(",", ".", day_first=True),
]


def values_of(field):
    if isinstance(field.term.kind, ChoiceKind):
        return list(field.term.kind.choices)
    if isinstance(field.term.kind, RowsKind):
        return [(), (row_of(field, 0),), (row_of(field, -1), row_of(field, 0))]
    return EXAMPLES[field.term.kind.name]


def row_of(field, which):
    """A row whose optional cells are empty, or full for the last."""
    columns = field.term.kind.columns
    return field.term.kind.noun(
        **{
            column.leaf: None if column.term.optional and which == 0 else _cell(column, which)
            for column in columns
        }
    )


def _cell(column, which):
    within = [value for value in values_of(column) if not column.term.issues("", value)]
    return within[which]


@pytest.fixture(params=FIELDS, ids=lambda field: field.name)
def field(request):
    return request.param


def test_label_help_and_group_are_there(field):
    assert field.term.label
    assert len(field.term.help) >= 20
    assert field.term.help.endswith(".")
    assert field.term.group
    assert not field.term.optional or field.term.empty


def test_the_default_is_within_its_own_bounds(field):
    if field.default is not None or not field.term.optional:
        assert field.term.issues(field.name, field.default) == ()


def test_text_in_every_style_reads_back(field):
    for value in values_of(field):
        for style in STYLES:
            assert field.term.kind.read(field.term.kind.show(value, style), style) == value


def test_file_data_reads_back_through_json(field):
    for value in values_of(field):
        data = json.loads(json.dumps(field.term.kind.to_data(value)))
        assert field.term.kind.from_data(data) == value


def test_a_value_put_into_the_document_is_found_there(field):
    for value in values_of(field):
        assert field_value(with_field(Project(), field.name, value), field.name) == value


def test_nonsense_is_refused_with_a_sentence(field):
    if field.term.kind.name == "text":
        return
    with pytest.raises(Unreadable) as caught:
        field.term.kind.read("not at all", CANONICAL)
    assert str(caught.value).endswith(".")


def test_the_command_line_finds_and_sets_it(field):
    assert find_field(field.name) is field
    within = [value for value in values_of(field) if not field.term.issues(field.name, value)]
    value = within[-1]
    text = field.term.kind.show(value, CANONICAL)
    assert field_value(with_setting(Project(), f"{field.name}={text}"), field.name) == value
    facts = json.loads(json.dumps(described(field)))
    assert set(facts) >= {"name", "label", "unit", "help", "bounds", "default"}


def test_the_glossary_explains_it(field):
    assert f"`{field.name}`" in glossary_markdown()


def test_field_names_are_unique():
    assert len({field.name for field in FIELDS}) == len(FIELDS)
