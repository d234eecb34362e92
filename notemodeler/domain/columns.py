"""What a column of a table is: one list of these serves the window's tables, copy and paste, CSV and Excel."""

from collections.abc import Callable
from typing import Any

from notemodeler.domain.kinds import Kind
from notemodeler.domain.nouns import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, how to take its value from a row, its kind, and its width in characters."""

    heading: str
    value: Callable[[Any], Any]
    kind: Kind
    width: int = 12
    help: str = ""
    name: str = ""
