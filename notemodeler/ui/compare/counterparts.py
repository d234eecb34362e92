"""What a note can be put beside: the other notes of the book, the presets, the notes of other documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from notemodeler.domain.note import Note
from notemodeler.domain.project import Project
from notemodeler.io.preset_file import Preset
from notemodeler.ui.note_list_rows import note_name

BOOK, PRESETS = "Notes of this book", "Presets"


class Counterpart(NamedTuple):
    """A note to compare with, made from the selected one where it is a preset; `key` stays while it can."""

    key: str
    group: str
    title: str
    note: Callable[[Note], Note]


def of_book(project: Project, selected: int) -> Iterator[Counterpart]:
    """Every note but the selected one."""
    for place, note in enumerate(project.notes):
        if place != selected:
            yield Counterpart(f"note {place}", BOOK, note_name(note, place), _itself(note))


def of_presets(presets: tuple[Preset, ...]) -> Iterator[Counterpart]:
    """The selected note with the terms of each preset; where a preset says nothing, its own stay."""
    for preset in presets:
        yield Counterpart(f"preset {preset.name}", PRESETS, preset.name, _dressed(preset))


def of_document(path: Path, project: Project) -> Iterator[Counterpart]:
    """The notes of another document."""
    for place, note in enumerate(project.notes):
        key = f"file {path} {place}"
        yield Counterpart(key, f"Notes of {path.name}", note_name(note, place), _itself(note))


def _dressed(preset: Preset) -> Callable[[Note], Note]:
    from notemodeler.app.presets import note_from_preset

    return lambda note: note_from_preset(preset, base=note)


def _itself(note: Note) -> Callable[[Note], Note]:
    return lambda _selected: note
