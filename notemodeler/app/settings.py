"""What the program remembers between two starts: a small file that may be lost without harm."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from notemodeler.domain.issues import Issue, Severity, UserError
from notemodeler.domain.kinds import Choice, ChoiceKind
from notemodeler.domain.row_dates import RowDates

MOST_RECENT: Final = 10
LARGEST_BYTES: Final = 1 << 20


class ThemeChoice(Choice):
    """Which face the window shows."""

    SYSTEM = "system", "like the system"
    LIGHT = "light", "light"
    DARK = "dark", "dark"


@dataclass(frozen=True)
class Settings:
    """Everything remembered. Geometry is text as the window encodes it, sizes are pixels."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    recent: tuple[str, ...] = ()
    """Paths of documents, the latest first."""
    window_geometry: str = ""
    window_state: str = ""
    splitters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The sizes of each splitter's parts, by the splitter's name."""
    shown_series: Mapping[str, bool] = field(default_factory=dict)
    """Which curves of the charts are shown, by the curve's name; one not named is shown."""
    schedule_rows: RowDates = RowDates.MONTH_ENDS
    others: Mapping[str, Any] = field(default_factory=dict)
    """What a newer program left in the file; kept as it is."""

    def with_recent(self, path: str) -> "Settings":
        """The path put first among the recent documents."""
        rest = [known for known in self.recent if known != path]
        return replace(self, recent=(path, *rest)[:MOST_RECENT])

    def without_recent(self, path: str) -> "Settings":
        return replace(self, recent=tuple(known for known in self.recent if known != path))


class SettingsStore:
    """The settings and their file. Nothing here ever fails: `issues` says what went wrong."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.settings, self.issues = read_settings(file)
        self._is_on_disk = True

    def change(self, change: Callable[[Settings], Settings]) -> Settings:
        """Apply a change to what the file holds now, so that two windows do not undo each other."""
        known, issues = read_settings(self.file)
        self.settings = change(known if self._is_on_disk and not issues else self.settings)
        try:
            save_settings(self.file, self.settings)
        except UserError as error:
            self._is_on_disk = False
            self.issues = (Issue(Severity.WARNING, error.sentence),)
        else:
            self._is_on_disk = True
            self.issues = ()
        return self.settings


def read_settings(file: Path) -> tuple[Settings, tuple[Issue, ...]]:
    """The settings of a file; what cannot be used is replaced by its default, with a note."""
    try:
        data = _read_object(file)
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, ValueError, RecursionError):
        return Settings(), (_note("The settings could not be read; the defaults are used."),)
    values: dict[str, Any] = {}
    issues = []
    for name, reader in READERS.items():
        if name not in data:
            continue
        try:
            values[name] = reader(data.pop(name))
        except (ValueError, TypeError):
            issues.append(_note(f"The setting “{name}” could not be read; its default is used."))
    data = {name: value for name, value in data.items() if name not in READERS}
    return Settings(**values, others=data), tuple(issues)


def save_settings(file: Path, settings: Settings) -> None:
    """Write the settings atomically and privately; raises `UserError`."""
    import json

    from notemodeler.io.atomic_file import write_atomically

    known = {part.name: getattr(settings, part.name) for part in fields(settings)}
    others = known.pop("others")
    # ASCII, so that a path that is no UTF-8 survives.
    text = json.dumps({**known, **others}, indent=2) + "\n"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("The folder for the settings could not be made.") from error
    write_atomically(file, text.encode("ascii"), private=True)


def _read_object(file: Path) -> dict[str, Any]:
    with open(file, "rb") as stream:
        content = stream.read(LARGEST_BYTES + 1)
    import json

    data = json.loads(content)
    if len(content) > LARGEST_BYTES or not isinstance(data, dict):
        raise ValueError("settings are one small object")
    return data


def _note(sentence: str) -> Issue:
    return Issue(Severity.NOTE, sentence)


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise TypeError("not a text")
    return data


def _paths(data: Any) -> tuple[str, ...]:
    if not isinstance(data, list):
        raise TypeError("not a list")
    return tuple(dict.fromkeys(_text(path) for path in data if path))[:MOST_RECENT]


def _sizes(data: Any) -> dict[str, tuple[int, ...]]:
    return {name: tuple(_size(size) for size in sizes) for name, sizes in _items(data)}


def _size(data: Any) -> int:
    if isinstance(data, bool) or not isinstance(data, int) or not 0 <= data < 1 << 16:
        raise ValueError("not a size in pixels")
    return data


def _flags(data: Any) -> dict[str, bool]:
    return {name: _flag(flag) for name, flag in _items(data)}


def _flag(data: Any) -> bool:
    if not isinstance(data, bool):
        raise TypeError("neither yes nor no")
    return data


def _items(data: Any) -> list[tuple[str, Any]]:
    if not isinstance(data, dict):
        raise TypeError("not an object")
    return list(data.items())


READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "theme": ChoiceKind(ThemeChoice).from_data,
    "recent": _paths,
    "window_geometry": _text,
    "window_state": _text,
    "splitters": _sizes,
    "shown_series": _flags,
    "schedule_rows": ChoiceKind(RowDates).from_data,
}
