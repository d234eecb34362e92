"""House forms and own presets: every term has a source, and a note takes what is stated and nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.presets import (
    OwnPresets,
    built_in_presets,
    find_preset,
    note_from_preset,
    preset_from_note,
    presets,
    unstated_words,
)
from notemodeler.app.sample import ascent_note
from notemodeler.domain.conversion import ConversionTerms
from notemodeler.domain.interest import DayCount, InterestCharge
from notemodeler.domain.issues import UserError
from notemodeler.domain.note import Note
from notemodeler.domain.project import FIELD_BY_NAME, Project, field_value, with_field
from notemodeler.domain.rows import RowsKind
from notemodeler.domain.rule import FloorEffect, PriceComposition, Statistic, WindowEnd
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.io.document import document_text, read_document
from notemodeler.io.preset_file import Preset, can_hold, preset_text

BUILT_IN = built_in_presets()
STEPS = "note.conversion.rule.steps"


@pytest.fixture
def own(tmp_path):
    return OwnPresets(tmp_path / "presets")


@pytest.mark.parametrize("preset", BUILT_IN, ids=lambda preset: preset.name)
class TestEachHouseForm:
    def test_has_a_source_for_each_term_and_for_no_other(self, preset):
        assert preset.terms
        assert set(preset.sources) == set(preset.terms)

    def test_lists_as_unstated_real_terms_that_it_does_not_state(self, preset):
        assert all(can_hold(FIELD_BY_NAME[name]) for name in preset.unstated)
        assert not set(preset.unstated) & set(preset.terms)

    def test_is_written_as_the_program_would_write_it(self, preset):
        assert preset_text(preset) == preset.path.read_text(encoding="utf-8")

    def test_makes_a_note_that_a_document_holds(self, preset):
        note = note_from_preset(preset, issue_date=date(2020, 1, 2))
        project = Project(notes=(note,))
        assert read_document(document_text(project))[0] == project
        for name, value in preset.terms.items():
            assert field_value(project, name) == value

    def test_leaves_empty_what_may_be_empty_and_names_what_is_not_stated(self, preset):
        note = note_from_preset(preset)
        for name in preset.unstated:
            term = FIELD_BY_NAME[name].term
            assert term.label.removeprefix("… ") in note.remark
            if term.optional:
                assert field_value(Project(notes=(note,)), name) is None


def named(name):
    return next(preset for preset in BUILT_IN if preset.name.startswith(name))


def test_the_forms_that_the_trade_names_are_there():
    names = " ".join(preset.name for preset in BUILT_IN)
    for lender in ("Power Up", "1800 Diagonal", "Asher", "LG Capital", "Adar Bays", "JMJ", "EMA", "Iliad",
                   "St. George", "GS Capital", "BayBridge", "Mast Hill", "Widjaja"):  # fmt: skip
        assert lender in names


def test_power_up_s_form_is_the_rule_of_the_ascent_note():
    note = note_from_preset(named("Power Up"))
    seed = ascent_note()
    assert note.conversion.rule == seed.conversion.rule
    assert (note.interest.rate, note.interest.default_rate) == (Decimal("0.08"), Decimal("0.22"))


def test_the_forms_differ_where_the_trade_says_so():
    lg, jmj, ema = (note_from_preset(named(name)) for name in ("LG", "JMJ", "EMA"))
    assert lg.conversion.rule.window_end is WindowEnd.NOTICE_DAY
    assert lg.repayment.prepayment_steps[-1].percent == Decimal("1.45")
    assert (jmj.interest.charge, jmj.interest.charge_days) == (InterestCharge.AFTER_DAYS, 90)
    assert jmj.conversion.rule.composition is PriceComposition.LESSER_OF
    assert ema.conversion.rule.floor_effect is FloorEffect.ADD_PRINCIPAL
    assert ema.conversion.rule.steps == (
        RuleStep(StepTrigger.NOT_LISTED, fixed_price=Decimal("0.00001")),
    )
    assert note_from_preset(named("Iliad")).interest.day_count is DayCount.THIRTY_360_US


def test_a_note_takes_the_dates_and_the_principal_that_are_given():
    note = note_from_preset(
        named("BayBridge"),
        issue_date=date(2019, 3, 11),
        maturity_date=date(2020, 3, 11),
        principal_amount=Decimal(160000),
    )
    assert (note.issue_date, note.funding_date) == (date(2019, 3, 11), date(2019, 3, 11))
    assert (note.maturity_date, note.principal_amount) == (date(2020, 3, 11), Decimal(160000))
    assert note.holder == "BayBridge Capital Fund, L.P."
    assert note.conversion.rule.statistic is Statistic.LOWEST


def test_on_a_note_that_is_there_only_what_is_stated_changes():
    base = ascent_note()
    note = note_from_preset(named("Adar Bays"), base=base)
    assert note.conversion.rule.window_end is WindowEnd.NOTICE_DAY
    assert note.conversion.ownership_limit == base.conversion.ownership_limit
    assert (note.issue_date, note.maturity_date) == (base.issue_date, base.maturity_date)
    assert note.principal_amount == base.principal_amount


def test_a_note_s_terms_become_a_preset_without_its_ledger_dates_and_parties(own):
    project = with_field(Project(notes=(ascent_note(),)), "note.remark", "Ours")
    note = with_field(
        project,
        STEPS,
        (
            RuleStep(StepTrigger.FROM_DATE, date(2019, 1, 2), multiplier=Decimal("0.5")),
            RuleStep(StepTrigger.ON_DEFAULT, multiplier=Decimal("0.4")),
        ),
    ).notes[0]
    preset = own.save(preset_from_note(note, "Mine"))
    again = note_from_preset(find_preset("mine", own))
    assert again.conversion.rule.lookback_days == note.conversion.rule.lookback_days
    assert again.principal_amount == note.principal_amount
    assert preset.terms[STEPS] == (RuleStep(StepTrigger.ON_DEFAULT, multiplier=Decimal("0.4")),)
    assert (again.holder, again.ledger, again.remark) == ("", (), "")
    assert "note.holder" not in preset.terms
    with_parties = preset_from_note(note, "Mine", with_parties=True)
    assert with_parties.lender == with_parties.terms["note.holder"] == note.holder


def test_own_presets_are_kept_replaced_and_removed(own):
    first = own.save(Preset("My Form!", terms={"note.interest.rate": Decimal("0.1")}))
    assert first.path == own.folder / "my-form.json"
    again = own.save(Preset("my form!", terms={"note.interest.rate": Decimal("0.2")}))
    assert again.path == first.path
    other = own.save(Preset("My-Form", terms={}))
    assert other.path == own.folder / "my-form-2.json"
    assert presets(own) == (*BUILT_IN, again, other)
    own.remove(again)
    assert own.read() == ((other,), ())


def test_a_house_form_cannot_be_removed(own):
    with pytest.raises(UserError, match="came with the program"):
        own.remove(BUILT_IN[0])
    assert BUILT_IN[0].path.exists()


def test_a_preset_that_somebody_shared_is_taken_from_its_file(own, tmp_path):
    shared = OwnPresets(tmp_path / "hers").save(Preset("Hers", terms={}))
    taken = own.take(shared.path)
    assert taken == shared
    assert taken.path.parent == own.folder


def test_a_file_in_the_folder_that_is_none_is_named_and_does_no_harm(own):
    own.save(Preset("Good"))
    (own.folder / "bad.json").write_text("{")
    found, issues = own.read()
    assert [preset.name for preset in found] == ["Good"]
    assert "bad.json" in issues[0].text


def test_a_name_that_fits_none_or_several_is_refused_with_what_there_is(own):
    assert find_preset("power", own).name == "Power Up Lending Group"
    with pytest.raises(UserError) as caught:
        find_preset("Nobody", own)
    assert "Power Up Lending Group" in caught.value.hint
    own.save(Preset("Power Up, ours"))
    with pytest.raises(UserError, match="no preset “power”"):
        find_preset("power", own)
    with pytest.raises(UserError):
        find_preset("", own)


def test_a_long_remark_still_fits_the_note():
    preset = Preset("Long", remark="x" * 2000, unstated=("note.interest.rate",))
    assert len(unstated_words(preset)) == 2000


def test_the_defaults_stay_where_a_term_cannot_be_empty():
    note = note_from_preset(Preset("Empty", unstated=("note.conversion.opens_days",)))
    assert note.conversion.opens_days == ConversionTerms().opens_days
    assert isinstance(FIELD_BY_NAME[STEPS].term.kind, RowsKind)
    assert note.remark.startswith(
        "From the preset “Empty”. Not stated by its sources: or days after"
    )
    assert Note().remark == ""
