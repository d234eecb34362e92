"""What a change in the Terms sheet cannot follow: the checks that say when a new export is needed."""

from collections.abc import Iterator

from notemodeler.domain.kinds import ChoiceKind
from notemodeler.domain.project import FIELD_BY_NAME
from notemodeler.io.workbook.names import term_name
from notemodeler.io.workbook.source import WorkbookInput

RULE = "note.conversion.rule"
CHOSEN = (
    "note.interest.day_count", "note.interest.compounding", "note.interest.charge", f"{RULE}.series",
    f"{RULE}.second.anchor", f"{RULE}.floor_at_par", f"{RULE}.floor_effect",
)  # fmt: skip
"""Terms whose choice decides which formulas there are."""
GIVEN = (
    "note.default.default_date", "note.conversion.monthly_cap_amount", "note.conversion.exchange_cap",
    "note.repayment.redemption_monthly_amount", f"{RULE}.floor_price",
)  # fmt: skip
"""Terms of which it matters whether they say anything."""


def unchanged_checks(source: WorkbookInput) -> Iterator[tuple[str, str]]:
    """Sentences and formulas, for the terms that have a row on the Terms sheet."""
    shown = {field.name for field in source.terms_shown}
    for name in CHOSEN:
        if name in shown:
            yield _still(source, name)
    for name in GIVEN:
        if name in shown and _matters(source, name):
            yield _given(source, name)
    for place, step in enumerate(source.shape.steps, start=1):
        label = step.trigger.label
        yield f"Step {place} still holds {label}.", f'INDEX(steps_trigger,{place})="{label}"'
    for name in (
        "from_date",
        "trigger_price",
        "multiplier",
        "extra_discount",
        "lookback_days",
        "fixed_price",
    ):
        yield from _cells_given(source, name)


def _still(source: WorkbookInput, name: str) -> tuple[str, str]:
    term, value = FIELD_BY_NAME[name].term, source.value_of(name)
    if isinstance(term.kind, ChoiceKind):
        shown = value.label
        return f"{term.label} is still: {shown}.", f'{term_name(FIELD_BY_NAME[name])}="{shown}"'
    word = "yes" if value else "no"
    return f"{term.label} is still: {word}.", f'{term_name(FIELD_BY_NAME[name])}="{word}"'


def _matters(source: WorkbookInput, name: str) -> bool:
    """A floor may come and go where the holder bears it: its formula is there all the same."""
    rule = source.note.conversion.rule
    return (
        not name.endswith("floor_price") or rule.floor_effect is not type(rule.floor_effect).HOLDER
    )


def _given(source: WorkbookInput, name: str) -> tuple[str, str]:
    term, cell = FIELD_BY_NAME[name].term, term_name(FIELD_BY_NAME[name])
    if source.value_of(name) is None:
        return f"{term.label} is still empty.", f'{cell}=""'
    return f"{term.label} is still given.", f"ISNUMBER({cell})"


def _cells_given(source: WorkbookInput, name: str) -> Iterator[tuple[str, str]]:
    """That as many cells of a column of the steps are filled as at export."""
    steps = source.shape.steps
    if steps:
        filled = sum(getattr(step, name) is not None for step in steps)
        words = name.replace("_", " ")
        yield f"As many steps as before have a {words} ({filled}).", f"COUNT(steps_{name})={filled}"
