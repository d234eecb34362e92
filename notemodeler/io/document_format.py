"""The text of a `.note` document: its envelope, layout for readers, checksum and limits."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from notemodeler.domain.issues import UserError

FORMAT: Final = "Note Modeler document"
VERSION: Final = 2
LARGEST_BYTES: Final = 64 * 1024 * 1024
MOST_BRACKETS: Final = 1_000_000
"""Bounds the memory that a hostile file can claim: every list and object costs 60 to 100 bytes."""
LONGEST_NUMBER: Final = 25
DAMAGED_HINT: Final = "Open the recovery copy or an earlier version of the file."
KEYS: Final = ("format", "version", "written_by", "checksum", "project")


class RefusedNumber:
    """A number that no document holds: a fraction outside quotation marks, or one too long."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text[:40]


class RepeatedKeyError(ValueError):
    """A key that an object has twice: which of the two values counts would be a guess."""


def envelope_text(project: dict[str, Any], written_by: str) -> str:
    """The whole document: readable, sealed by a checksum over all its values."""
    envelope = {"format": FORMAT, "version": VERSION, "written_by": written_by}
    seal = checksum({**envelope, "project": project})
    parts = {**envelope, "checksum": seal, "project": project}
    text = "\n".join(_laid_out(parts, "")) + "\n"
    if len(text) * 4 > LARGEST_BYTES:
        refuse_size(len(text.encode("utf-8")), "The document")
    _refuse_too_many(text, "The document")
    return text


def checksum(envelope: dict[str, Any]) -> str:
    """The SHA-256 of every value but the checksum itself; line ends and indents do not count."""
    sealed = {name: value for name, value in envelope.items() if name != "checksum"}
    text = json.dumps(sealed, sort_keys=True, separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def parse_envelope(source: str | bytes, name: str) -> dict[str, Any]:
    """The document's parts, of our format and version; raises `UserError` for anything else.

    `name` is how the sentences call the document.
    """
    data = _parsed(source, name)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError(f"{name} is not a Note Modeler document.")
    version = data.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise UserError(f"{name} does not say which version of the format it has.", DAMAGED_HINT)
    if version > VERSION:
        raise UserError(
            f"{name} was written by a newer program ({_writer(data)}, format {version}); "
            f"this one knows formats up to {VERSION}.",
            "Open it with the newer program. The file was not changed.",
        )
    return data


def unknown_keys(envelope: dict[str, Any]) -> list[str]:
    return sorted(set(envelope) - set(KEYS))


def refuse_size(size: int, name: str) -> None:
    """Raise `UserError` if a document of that many bytes is too large to be one."""
    if size > LARGEST_BYTES:
        limit = LARGEST_BYTES // 1024 // 1024
        raise UserError(f"{name} is larger than {limit} MB, the most that a document may have.")


def _writer(data: dict[str, Any]) -> str:
    writer = data.get("written_by")
    return f"version {writer[:20]}" if isinstance(writer, str) else "of an unknown version"


def _parsed(source: str | bytes, name: str) -> Any:
    refuse_size(len(source), name)
    text = _decoded(source, name)
    _refuse_too_many(text, name)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object_without_repeats,
            parse_int=_integer,
            parse_float=RefusedNumber,
            parse_constant=RefusedNumber,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UserError(f"{name} is damaged or cut short at {where}.", DAMAGED_HINT) from error
    except RepeatedKeyError as error:
        raise UserError(f"{name} has “{error}” twice in one place.", DAMAGED_HINT) from error


def _refuse_too_many(text: str, name: str) -> None:
    if text.count("{") + text.count("[") > MOST_BRACKETS:
        raise UserError(f"{name} has more rows than this program can read.")


def _decoded(source: str | bytes, name: str) -> str:
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{name} is damaged: line {line} holds a byte that is no text.", DAMAGED_HINT
        ) from error


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        _name_the_repeated(pairs)
    return found


def _name_the_repeated(pairs: list[tuple[str, Any]]) -> NoReturn:
    keys = [key for key, _ in pairs]
    raise RepeatedKeyError(next(key for key in keys if keys.count(key) > 1)[:40])


def _integer(text: str) -> int | RefusedNumber:
    return int(text) if len(text) <= LONGEST_NUMBER else RefusedNumber(text)


def _laid_out(value: Any, indent: str) -> Iterator[str]:
    """The lines of a value: nested things indented, rows of a table one a line."""
    if isinstance(value, dict) and value:
        yield from _bracketed(
            "{", "}", [(f"{_json(key)}: ", item) for key, item in value.items()], indent
        )
    elif isinstance(value, list) and value:
        yield from _bracketed("[", "]", [("", item) for item in value], indent, rows=True)
    else:
        yield _json(value)


def _bracketed(
    opening: str, closing: str, items: list[tuple[str, Any]], indent: str, rows: bool = False
) -> Iterator[str]:
    yield opening
    deeper = indent + "  "
    last = len(items) - 1
    for place, (label, item) in enumerate(items):
        comma = "," if place < last else ""
        if rows and _is_flat(item):
            yield f"{deeper}{_json(item)}{comma}"
            continue
        lines = list(_laid_out(item, deeper))
        lines[0] = f"{deeper}{label}{lines[0]}"
        lines[-1] += comma
        yield from lines
    yield f"{indent}{closing}"


def _is_flat(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else ()
    return not any(isinstance(part, dict | list) for part in parts)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
