"""House forms of lenders and one's own sets of terms: the shelf of presets, a note from one, one from a note."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from notemodeler.app.places import find_places, resource
from notemodeler.domain.issues import Issue, Severity, UserError
from notemodeler.domain.note import Note
from notemodeler.domain.project import FIELD_BY_NAME, FIELDS, Project, field_value, with_field
from notemodeler.domain.rule_steps import StepTrigger
from notemodeler.domain.terms import Field
from notemodeler.io.preset_file import SUFFIX, Preset, can_hold, load_preset, save_preset

PARTIES = ("note.holder", "note.affiliate_group", "note.agreement")
OWN_TO_A_NOTE = (
    "note.title", "note.remark", "note.default.event", "note.conversion.holder_shares",
    "note.conversion.reserved_shares",
)  # fmt: skip
"""What says something of one note's life and nothing of a form."""
STEPS = "note.conversion.rule.steps"
LONGEST_REMARK = 2000
FILE_NAME = re.compile(r"[^a-z0-9]+")
A_YEAR = timedelta(days=365)


@lru_cache(maxsize=1)
def built_in_presets() -> tuple[Preset, ...]:
    """The house forms that came with the program, by name."""
    files = sorted(resource("presets").glob(f"*{SUFFIX}"))
    return tuple(sorted(map(load_preset, files), key=lambda preset: preset.name.lower()))


class OwnPresets:
    """The user's own presets: one file each in one folder, made when the first is saved."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = find_places().settings.parent / "presets" if folder is None else folder

    def read(self) -> tuple[tuple[Preset, ...], tuple[Issue, ...]]:
        """The presets by name, and a warning for each file of the folder that is none."""
        found, issues = [], []
        for path in sorted(self.folder.glob(f"*{SUFFIX}")) if self.folder.is_dir() else ():
            try:
                found.append(load_preset(path))
            except UserError as refusal:
                issues.append(Issue(Severity.WARNING, refusal.sentence))
        return tuple(sorted(found, key=lambda preset: preset.name.lower())), tuple(issues)

    def save(self, preset: Preset) -> Preset:
        """Keep the preset; one of the same name is replaced. Raises `UserError` if the disk refuses."""
        if not preset.name.strip():
            raise UserError("A preset needs a name.")
        same = next((own for own in self.read()[0] if _same_name(own, preset.name)), None)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"The folder of your presets could not be made: {error.strerror}."
            ) from error
        return save_preset(self._free_path(preset) if same is None else _path(same), preset)

    def remove(self, preset: Preset) -> None:
        """Delete an own preset's file; raises `UserError` for a built-in one or if the disk refuses."""
        if preset.path is None or preset.path.parent != self.folder:
            raise UserError(f"“{preset.name}” came with the program and cannot be removed.")
        try:
            preset.path.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(f"“{preset.name}” could not be removed: {error.strerror}.") from error

    def take(self, path: str | Path) -> Preset:
        """Take a preset that somebody shared as a file into one's own."""
        return self.save(load_preset(path))

    def _free_path(self, preset: Preset) -> Path:
        stem = FILE_NAME.sub("-", preset.name.lower()).strip("-")[:60] or "preset"
        number, path = 2, self.folder / f"{stem}{SUFFIX}"
        while path.exists():
            path = self.folder / f"{stem}-{number}{SUFFIX}"
            number += 1
        return path


def presets(own: OwnPresets | None = None) -> tuple[Preset, ...]:
    """Every preset: the house forms, then one's own; an own file that cannot be read is left out."""
    return (*built_in_presets(), *(OwnPresets() if own is None else own).read()[0])


def find_preset(name: str, own: OwnPresets | None = None) -> Preset:
    """The preset of that name, or the only one with a word that begins so; `UserError` names what there is."""
    known = presets(own)
    same = [preset for preset in known if _same_name(preset, name)]
    wanted = f" {' '.join(name.lower().split())}"
    begun = [preset for preset in known if wanted in f" {preset.name.lower()}"]
    if same or (len(begun) == 1 and name.strip()):
        return (same or begun)[-1]
    names = ", ".join(preset.name for preset in begun or known)
    raise UserError(f"There is no preset “{name[:60]}”.", f"There are: {names}.")


def note_from_preset(
    preset: Preset,
    *,
    issue_date: date | None = None,
    funding_date: date | None = None,
    maturity_date: date | None = None,
    principal_amount: Decimal | None = None,
    base: Note | None = None,
) -> Note:
    """A note with the preset's terms.

    Without a `base`, terms that may be empty and that the sources do not state are left empty; the
    others keep the program's default, and the note's remark names all of them. With a base, its
    terms stay wherever the preset says nothing. Funding is the issue date and maturity a year
    later unless they are given.
    """
    project = Project(notes=(Note() if base is None else base,))
    for name, value in {**({} if base else _emptied(preset)), **preset.terms}.items():
        project = with_field(project, name, value)
    note = project.notes[0]
    issued = issue_date or note.issue_date
    kept = base is not None and issue_date is None
    return replace(
        note,
        title=preset.name,
        holder=preset.lender or note.holder,
        remark=note.remark if base else unstated_words(preset),
        issue_date=issued,
        funding_date=funding_date or (note.funding_date if kept else issued),
        maturity_date=maturity_date or (note.maturity_date if kept else issued + A_YEAR),
        principal_amount=principal_amount or note.principal_amount,
    )


def preset_from_note(
    note: Note, name: str, *, with_parties: bool = False, remark: str = "", source: str = ""
) -> Preset:
    """The terms of a note as a preset of one's own: no ledger, no dates, and its parties only if asked."""
    fields = [field for field in FIELDS if can_hold(field) and field.name not in OWN_TO_A_NOTE]
    project = Project(notes=(note,))
    terms = {
        field.name: _without_dates(field, field_value(project, field.name))
        for field in fields
        if with_parties or field.name not in PARTIES
    }
    words = source or "Own preset"
    lender = note.holder if with_parties else ""
    return Preset(name.strip(), lender, remark, terms, dict.fromkeys(terms, words))


def unstated_words(preset: Preset) -> str:
    """What the note's remark says of the terms that the preset's sources do not state."""
    said = [preset.remark] if preset.remark else []
    if preset.unstated:
        labels = "; ".join(_label(name) for name in preset.unstated)
        said.insert(0, f"From the preset “{preset.name}”. Not stated by its sources: {labels}.")
    words = " ".join(said)
    return words if len(words) <= LONGEST_REMARK else words[: LONGEST_REMARK - 1] + "…"


def _label(name: str) -> str:
    field = FIELD_BY_NAME[name]
    return field.term.label.removeprefix("… ").strip()


def _emptied(preset: Preset) -> dict[str, Any]:
    return {name: None for name in preset.unstated if FIELD_BY_NAME[name].term.optional}


def _without_dates(field: Field, value: Any) -> Any:
    if field.name != STEPS:
        return value
    return tuple(row for row in value if row.trigger is not StepTrigger.FROM_DATE)


def _same_name(preset: Preset, name: str) -> bool:
    return preset.name.lower() == " ".join(name.lower().split())


def _path(preset: Preset) -> Path:
    if preset.path is None:
        raise UserError(f"“{preset.name}” has no file.")
    return preset.path
