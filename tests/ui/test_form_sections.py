"""The form shows what matters: sections open when used, and closed ones say in one line what they hold."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from notemodeler.app.sample import ascent_project
from notemodeler.domain.default import DefaultEvent, DefaultSum
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.numbers import FORM
from notemodeler.domain.project import FIELD_BY_NAME, FIELDS, Project, field_value, with_field
from notemodeler.domain.repayment import PrepaymentStep
from notemodeler.ui.document import Document
from notemodeler.ui.forms.fields_form import FIRST_SEEN, FieldsForm
from notemodeler.ui.forms.folding import COMMON
from notemodeler.ui.forms.summaries import section_summary
from notemodeler.ui.forms.terms_form import NAMES, TermsForm
from notemodeler.ui.theme import DARK, LIGHT

KEY = Qt.Key
RESERVED = "note.conversion.reserved_shares"
FLOOR = "note.conversion.rule.floor_price"
STEPS = "note.repayment.prepayment_steps"
TABLE = tuple(
    PrepaymentStep(first, last, Decimal(percent) / 100)
    for first, last, percent in ((0, 30, 115), (31, 60, 120), (61, 180, 140))
)
GROUPS = list(dict.fromkeys(FIELD_BY_NAME[name].term.group for name in NAMES))


def shown_form(qtbot, document):
    form = TermsForm(document, LIGHT, FORM)
    qtbot.addWidget(form)
    form.resize(380, 900)
    form.show()
    qtbot.waitExposed(form)
    return form


@pytest.fixture
def document(qtbot):
    return Document(ascent_project())


@pytest.fixture
def form(qtbot, document):
    return shown_form(qtbot, document)


def header(form, group):
    return form.page.sections[group].header


def open_groups(form):
    return {group for group in GROUPS if header(form, group).is_open}


def test_sections_that_every_note_has_are_open_and_the_unused_ones_are_closed(form):
    assert open_groups(form) == COMMON
    assert header(form, "Reserve").summary == "none"


def test_the_editors_of_a_closed_section_are_made_when_it_is_opened(form):
    assert not form.row(RESERVED).is_made
    header(form, "Reserve").click()
    assert form.row(RESERVED).is_made
    assert form.editor(RESERVED).isVisible()
    header(form, "Reserve").click()
    assert not form.editor(RESERVED).isVisible()
    assert not form.row(RESERVED).label.isVisible()


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        (KEY.Key_Space, KEY.Key_Space),
        (KEY.Key_Return, KEY.Key_Enter),
        (KEY.Key_Right, KEY.Key_Left),
    ],
)
def test_keys_open_and_close_a_section_and_its_name_says_so(form, opening, closing):
    head = header(form, "Reserve")
    head.setFocus()
    assert head.accessibleName() == "Reserve, closed"
    assert head.accessibleDescription() == "none"
    QTest.keyClick(head, opening)
    assert head.accessibleName() == "Reserve, open"
    assert head.isChecked()
    assert head.hasFocus()
    QTest.keyClick(head, closing)
    assert head.accessibleName() == "Reserve, closed"


def test_tab_goes_from_a_head_to_its_first_field_and_over_a_closed_section(form):
    header(form, "Reserve").click()
    head = header(form, "Reserve")
    head.setFocus()
    QTest.keyClick(head, KEY.Key_Tab)
    assert form.editor("note.conversion.reserve_multiple").hasFocus()
    header(form, "Prepayment").setFocus()
    QTest.keyClick(header(form, "Prepayment"), KEY.Key_Tab)
    assert header(form, "Instalments and redemptions").hasFocus()


def test_the_focus_walks_down_the_page_whenever_its_parts_were_made(form):
    header(form, "Default").click()
    header(form, "Share capital").click()
    tops, widget = [], header(form, "Issuer")
    while True:
        stops = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        if stops and widget.isVisible() and widget.parent() is form.page:
            tops.append(widget.y())
        widget = widget.nextInFocusChain()
        if widget is header(form, "Issuer"):
            break
    reached = [top for top in tops if top > 0]
    assert reached == sorted(reached)
    assert len(reached) > 40


def test_a_section_in_which_something_is_set_is_open_from_the_start(qtbot):
    project = with_field(ascent_project(), STEPS, TABLE)
    form = shown_form(qtbot, Document(project))
    assert open_groups(form) == COMMON | {"Prepayment"}


def test_an_edit_elsewhere_opens_what_it_brought_into_use(form, document):
    document.edit_field(FLOOR, Decimal("0.001"), "Change")
    assert header(form, "Floor and rounding").is_open
    assert form.editor(FLOOR).text() == "0.0010"


def test_a_section_does_not_close_by_itself_while_a_note_is_worked_on(form, document):
    document.edit_field(FLOOR, Decimal("0.001"), "Change")
    document.undo_stack.undo()
    assert header(form, "Floor and rounding").is_open


def test_what_the_user_closes_stays_closed_whatever_is_edited(form, document):
    header(form, "Floor and rounding").click()
    header(form, "Floor and rounding").click()
    header(form, "Money").click()
    document.edit_field(FLOOR, Decimal("0.001"), "Change")
    document.load(ascent_project())
    assert not header(form, "Floor and rounding").is_open
    assert not header(form, "Money").is_open


def test_what_the_user_opens_stays_open_on_another_document(form, document):
    header(form, "Reserve").click()
    document.load(with_field(ascent_project(), "note.title", "Another"))
    assert header(form, "Reserve").is_open


def test_another_document_closes_what_only_the_last_one_used(form, document):
    document.edit_field(FLOOR, Decimal("0.001"), "Change")
    document.load(ascent_project())
    assert not header(form, "Floor and rounding").is_open


def test_going_to_a_field_opens_its_section(form):
    form.focus_field(RESERVED)
    assert form.editor(RESERVED).hasFocus()
    assert header(form, "Reserve").is_open


def test_going_to_a_field_that_does_not_apply_goes_to_the_one_that_decides_it(form):
    form.focus_field("note.repayment.prepayment_after")
    assert form.editor(STEPS).hasFocus()


def test_an_issue_in_a_closed_section_shows_on_its_head_and_going_there_opens_it(form, document):
    header(form, "Dates").click()
    document.edit_field("note.maturity_date", date(2018, 1, 2), "Change")
    head = header(form, "Dates")
    assert head.severity is Severity.ERROR
    assert "matures on or before" in head.summary
    assert "matures on or before" in head.accessibleDescription()
    form.go_to(Issue(Severity.ERROR, "Odd.", ("note.maturity_date",)))
    assert form.editor("note.maturity_date").hasFocus()
    assert "matures on or before" in form.row("note.maturity_date").message_text


def test_a_text_that_cannot_be_read_is_still_counted_in_a_closed_section(form):
    form.focus_field("note.principal_amount")
    QTest.keyClicks(form.editor("note.principal_amount"), "x")
    header(form, "Money").click()
    assert form.bar.text() == "1 error"
    assert "not a number" in header(form, "Money").summary
    form.bar.click()
    assert form.editor("note.principal_amount").text() == "x"
    assert form.editor("note.principal_amount").hasFocus()


def test_f1_on_a_head_asks_about_its_first_field(form, qtbot):
    with qtbot.waitSignal(form.help_wanted) as caught:
        QTest.keyClick(header(form, "Reserve"), KEY.Key_F1)
    assert caught.args == ["note.conversion.reserve_multiple"]


def test_a_long_summary_takes_a_line_of_its_own_and_a_short_one_stands_beside_the_title(form):
    one_line = header(form, "Reserve").height()
    header(form, "Note").click()
    assert header(form, "Note").summary == "Power Up note, $130,000 · Power Up Lending Group Ltd."
    assert header(form, "Note").height() > one_line
    assert header(form, "Note").toolTip() == header(form, "Note").summary


def test_no_part_of_the_page_overlaps_another_with_sections_open_and_closed(form):
    for group in ("Reserve", "Money", "Note", "Default"):
        header(form, group).click()
    bottom = 0
    for section in form.page.sections.values():
        parts = [section.header, *(row.editor for row in section.rows if row.is_seen)]
        for part in parts:
            assert part.y() >= bottom
            bottom = part.geometry().bottom()
    assert form.page.height() > bottom


def test_heads_follow_the_theme(form):
    header(form, "Reserve").click()
    before = header(form, "Reserve").grab().toImage()
    form.set_theme(DARK)
    assert header(form, "Reserve").grab().toImage() != before


def test_the_first_paint_waits_for_no_more_rows_than_are_seen(qtbot):
    document = Document(ascent_project(), is_at_rest=True)
    form = shown_form(qtbot, document)
    assert sum(form.row(name).is_made for name in NAMES) == FIRST_SEEN
    document.wake()
    assert all(form.row(name).is_made for name in NAMES if form.row(name).shown)
    assert form.editor("note.conversion.ownership_limit").isVisible()


# Words.


def summary_of(group, **values):
    project = ascent_project()
    for name, value in values.items():
        project = with_field(project, "note." + name.replace("__", "."), value)
    fields = [field for field in FIELDS if field.term.group == group]
    return section_summary(group, fields, lambda name: field_value(project, name), FORM)


@pytest.mark.parametrize(
    ("group", "values", "said"),
    [
        ("Issuer", {}, "Ascent Solar Technologies, Inc. · ASTI"),
        ("Dates", {}, "Aug 1, 2018 to Aug 1, 2019"),
        ("Money", {"purchase_price_amount": Decimal(117000)},
         "$130,000.00 · bought for $117,000.00"),
        ("Interest", {}, "8 % day by day · 22 % on default"),
        ("Conversion price", {}, "65 % of average of the 3 lowest in 10 trading days"),
        ("Limits", {"conversion__exchange_cap": Decimal("0.1999")}, "4.99 % · exchange cap 19.99 %"),
        ("Prepayment", {"repayment__prepayment_steps": TABLE},
         "115 % to 140 % over days 0–180 · then by consent"),
        ("Prepayment", {"repayment__prepayment_steps": TABLE,
                        "repayment__prepayment_after": Decimal("1.5")},
         "115 % to 140 % over days 0–180 · then 150 %"),
        ("Default", {}, "none yet"),
        ("Default", {"default__multiple": Decimal("1.5"),
                     "default__sums": (DefaultSum(DefaultEvent.DELIVERY, Decimal(2)),)},
         "150 % on default · 200 % on failure to deliver or reserve shares · none yet"),
        ("Default", {"default__default_date": date(2019, 3, 5)}, "failure to pay on Mar 5, 2019"),
        ("Floor and rounding", {"conversion__rule__floor_price": Decimal("0.001"),
                                "conversion__rule__floor_at_par": True},
         "floor: $0.0010 · not below par"),
        ("Reserve", {"conversion__reserved_shares": 5000000}, "shares reserved: 5,000,000 shares"),
        ("Second window", {}, "none"),
    ],
)  # fmt: skip
def test_a_closed_section_says_what_is_set(group, values, said):
    assert summary_of(group, **values) == said


@pytest.mark.parametrize("group", sorted({field.term.group for field in FIELDS}))
def test_every_section_has_words_for_a_new_document(group):
    project = Project()
    fields = [field for field in FIELDS if field.term.group == group]
    assert section_summary(group, fields, lambda name: field_value(project, name), FORM)


# Other notes, other lists of fields.


def two_notes():
    project = ascent_project()
    other = with_field(project, "note.title", "Second note").notes[0]
    return Document(project.with_note(other, 1))


def test_another_note_is_shown_and_what_could_not_be_read_is_gone(qtbot):
    document = two_notes()
    form = shown_form(qtbot, document)
    form.focus_field("note.principal_amount")
    QTest.keyClicks(form.editor("note.principal_amount"), "x")
    document.select_note(1)
    assert form.editor("note.title").text() == "Second note"
    assert form.editor("note.principal_amount").text() == "130,000.00"
    assert form.row("note.principal_amount").severity is None


def test_edits_go_to_the_selected_note(qtbot):
    document = two_notes()
    form = shown_form(qtbot, document)
    document.select_note(1)
    form.focus_field("note.holder")
    QTest.keyClicks(form.editor("note.holder"), "B")
    assert [note.holder for note in document.project.notes] == ["Power Up Lending Group Ltd.", "B"]


def test_a_hidden_form_shows_another_note_when_it_is_shown(qtbot):
    document = two_notes()
    form = shown_form(qtbot, document)
    form.hide()
    document.select_note(1)
    form.show()
    assert form.editor("note.title").text() == "Second note"


def test_the_assumptions_are_not_among_the_terms_but_make_a_form_of_their_own(qtbot, document):
    assert not any(name.startswith("scenario.") for name in NAMES)
    names = [field.name for field in FIELDS if field.name.startswith("scenario.")]
    form = FieldsForm(document, LIGHT, names, FORM)
    qtbot.addWidget(form)
    form.resize(380, 500)
    form.show()
    head = header(form, "Assumptions")
    assert head.is_open
    assert head.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert form.editor("scenario.impact").isVisible()
    assert not form.row("scenario.volume_share").is_made
    form.focus_field("scenario.volume_shares")
    QTest.keyClicks(form.editor("scenario.volume_shares"), "1000000")
    assert document.project.scenario.volume_shares == 1_000_000
    assert form.editor("scenario.volume_share").isVisible()
    assert document.undo_stack.undoText() == "Change daily volume to 1,000,000 shares a day"
