"""Which sections of the form are open: those in common use, those that are used, and what the user says."""

from collections.abc import Callable, Sequence, Set
from typing import Any

from notemodeler.domain.conversion import CONVERSION, LIMIT
from notemodeler.domain.interest import INTEREST
from notemodeler.domain.issuer import ISSUER
from notemodeler.domain.note import DATES, MONEY_GROUP, NOTE
from notemodeler.domain.project import applies
from notemodeler.domain.rule import GROUP
from notemodeler.domain.terms import Field

ValueOf = Callable[[str], Any]
"""Gives the value of a term by its dotted name."""
NONE = "none"
"""What a section or a table holds in which nothing is set."""
COMMON = frozenset({ISSUER, NOTE, DATES, MONEY_GROUP, INTEREST, CONVERSION, GROUP, LIMIT})
"""Sections whose terms every note has."""


class Folding:
    """What the user opened or closed stays so for the session; the rest opens when it is used.

    A section never closes by itself while a note is worked on: only another note starts afresh.
    """

    def __init__(self, *, folds: bool) -> None:
        self._folds = folds
        self._said: dict[str, bool] = {}
        self._open: set[str] = set()

    def is_open(self, group: str) -> bool:
        return not self._folds or group in self._open

    def begin(self, used: Set[str]) -> None:
        """Open what another note or document calls for."""
        wanted = COMMON | used | {group for group, said in self._said.items() if said}
        self._open = {group for group in wanted if self._said.get(group, True)}

    def follow(self, used: Set[str]) -> None:
        """Open what an edit brought into use, unless the user closed it."""
        self._open |= {group for group in used if self._said.get(group, True)}

    def say(self, group: str, *, is_open: bool) -> None:
        """The user opens or closes a section."""
        self._said[group] = is_open
        (self._open.add if is_open else self._open.discard)(group)

    def reveal(self, group: str) -> None:
        """Open a section in which something is looked for."""
        self._open.add(group)


def is_used(fields: Sequence[Field], value_of: ValueOf) -> bool:
    """Whether a term that applies says something else than a new document."""
    return any(
        value_of(field.name) != field.default and applies(field.name, value_of) for field in fields
    )
