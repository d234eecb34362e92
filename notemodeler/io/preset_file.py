"""Preset files: a house form or one's own set of terms as readable JSON, each term with its source in words."""

import dataclasses
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from notemodeler.domain.issues import UserError
from notemodeler.domain.kinds import TextKind
from notemodeler.domain.numbers import CANONICAL, Unreadable
from notemodeler.domain.project import FIELD_BY_NAME
from notemodeler.domain.rows import RowsKind
from notemodeler.domain.terms import Field
from notemodeler.io.atomic_file import write_atomically
from notemodeler.io.refusals import cannot_read, shown_name

FORMAT: Final = "Note Modeler preset"
VERSION: Final = 1
SUFFIX: Final = ".json"
LARGEST_BYTES: Final = 256 * 1024
KEYS: Final = ("format", "version", "name", "lender", "remark", "terms", "sources", "unstated")
NAME, WORDS = TextKind(), TextKind(2000)
EMPTY = ""


@dataclass(frozen=True)
class Preset:
    """Terms by dotted name, where each comes from, and the terms that the sources do not state.

    A term that the sources state to be absent is there with None. `path` is the file that it was
    read from.
    """

    name: str
    lender: str = ""
    remark: str = ""
    terms: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    sources: Mapping[str, str] = dataclasses.field(default_factory=dict)
    unstated: tuple[str, ...] = ()
    path: Path | None = dataclasses.field(default=None, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", MappingProxyType(dict(self.terms)))
        object.__setattr__(self, "sources", MappingProxyType(dict(self.sources)))


def can_hold(field: Field) -> bool:
    """Whether a preset can hold the term: one of a note, and no date, for dates are a note's own."""
    kind = field.term.kind
    if isinstance(kind, RowsKind):
        return field.name.startswith("note.") and not any(
            column.term.kind.name == "date" and not column.term.optional for column in kind.columns
        )
    return field.name.startswith("note.") and kind.name != "date"


def preset_text(preset: Preset) -> str:
    """The preset as the text of its file; raises `UserError` naming a value that could not be read again."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "name": preset.name,
        "lender": preset.lender,
        "remark": preset.remark,
        "terms": {name: _shown(name, value) for name, value in preset.terms.items()},
        "sources": dict(preset.sources),
        "unstated": list(preset.unstated),
    }
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    if read_preset(text, "The preset") != preset:
        raise UserError("The preset holds a text that would not come back as it is.")
    return text


def read_preset(source: str | bytes, name: str, path: Path | None = None) -> Preset:
    """The preset of a file's text or bytes; raises `UserError` naming the file, by `name`, and the field."""
    data = _parsed(source, name)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError(f"{name} is not a Note Modeler preset.")
    version = data.get("version")
    if version != VERSION or isinstance(version, bool):
        raise UserError(
            f"{name} has version {str(version)[:20]} of the preset format; this program knows {VERSION}."
        )
    if unknown := sorted(set(data) - set(KEYS)):
        raise UserError(f"{name} holds parts that are not known: {', '.join(unknown[:5])}.")
    return Preset(
        _line(data.get("name"), NAME, f"{name}, “name”", needed=True),
        _line(data.get("lender", ""), NAME, f"{name}, “lender”"),
        _line(data.get("remark", ""), WORDS, f"{name}, “remark”"),
        {key: _value(key, text, name) for key, text in _texts(data, "terms", name).items()},
        {
            _field(key, name).name: _line(text, WORDS, f"{name}, the source of {key}", needed=True)
            for key, text in _texts(data, "sources", name).items()
        },
        _names(data, name),
        path,
    )


def load_preset(path: str | os.PathLike[str]) -> Preset:
    """The preset of a file; raises `UserError` if it cannot be read or is none."""
    found = Path(path)
    try:
        if found.exists() and not found.is_file():
            raise UserError(f"{shown_name(found)} is not a plain file.")
        with open(found, "rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise cannot_read(path, error) from error
    return read_preset(content, shown_name(found), found)


def save_preset(path: str | os.PathLike[str], preset: Preset) -> Preset:
    """Write the preset whole or not at all; the preset as it stands in that file."""
    write_atomically(path, preset_text(preset).encode("utf-8"))
    return dataclasses.replace(preset, path=Path(path))


def _shown(name: str, value: Any) -> str:
    return EMPTY if value is None else FIELD_BY_NAME[name].term.kind.show(value, CANONICAL)


def _parsed(source: str | bytes, name: str) -> Any:
    if len(source) > LARGEST_BYTES:
        raise UserError(f"{name} is larger than {LARGEST_BYTES // 1024} KB, the most for a preset.")
    try:
        text = source if isinstance(source, str) else source.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        raise UserError(f"{name} is damaged at line {error.lineno}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{name} holds a byte that is no text.") from error
    except RecursionError as error:
        raise UserError(f"{name} is nested too deeply to be a preset.") from error
    except ValueError as error:
        raise UserError(f"{name} cannot be read: {str(error)[:80]}.") from error


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"it has “{twice[:40]}” twice in one place")
    return found


def _texts(data: dict[str, Any], key: str, name: str) -> dict[str, Any]:
    found = data.get(key, {})
    if not isinstance(found, dict):
        raise UserError(f"{name}: “{key}” is not an object in curly brackets.")
    return found


def _names(data: dict[str, Any], name: str) -> tuple[str, ...]:
    found = data.get("unstated", [])
    if not isinstance(found, list):
        raise UserError(f"{name}: “unstated” is not a list.")
    names = tuple(_field(key, name).name for key in found)
    terms = _texts(data, "terms", name)
    if both := next((each for each in names if each in terms), None):
        raise UserError(f"{name}: {both} is both stated and unstated.")
    return names


def _field(key: Any, name: str) -> Field:
    field = FIELD_BY_NAME.get(key) if isinstance(key, str) else None
    if field is None:
        raise UserError(
            f"{name}: there is no field “{str(key)[:60]}” in this version of the program."
        )
    if not can_hold(field):
        raise UserError(f"{name}: a preset cannot hold {field.name}: dates are a note's own.")
    return field


def _value(key: str, text: Any, name: str) -> Any:
    field = _field(key, name)
    if not isinstance(text, str):
        raise UserError(f"{name}, {field.term.label} ({key}): a text was expected here.")
    if not text.strip() and field.term.optional:
        return None
    try:
        return field.term.within(field.term.kind.read(text, CANONICAL))
    except Unreadable as problem:
        raise UserError(f"{name}, {field.term.label} ({key}): {problem}") from None


def _line(text: Any, kind: TextKind, place: str, *, needed: bool = False) -> str:
    if not isinstance(text, str):
        raise UserError(f"{place}: a text was expected here.")
    try:
        line = kind.read(text)
    except Unreadable as problem:
        raise UserError(f"{place}: {problem}") from None
    if needed and not line:
        raise UserError(f"{place}: it is missing.")
    return line
