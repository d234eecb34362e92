"""What a row of a table of notes stands for: a note, the notes of one agreement, or all of them."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby

from notemodeler.engines.company.book_day import Standing


class Level(StrEnum):
    """Whether a row is one note or a sum."""

    NOTE = "note"
    AGREEMENT = "agreement"
    BOOK = "book"


Group = tuple[str, tuple[Standing, ...]]
"""The name of an agreement, empty for a note that is drawn under none, and its notes."""


def by_agreement(standings: Sequence[Standing]) -> Iterator[Group]:
    """The notes in the order of the book, the tranches of an agreement where its first one stands."""
    first: dict[str, int] = {}
    for each in standings:
        first.setdefault(_key(each), each.place)
    ordered = sorted(standings, key=lambda each: (first[_key(each)], each.place))
    for _, group in groupby(ordered, key=_key):
        tranches = tuple(group)
        yield " ".join(tranches[0].note.agreement.split()), tranches


def _key(standing: Standing) -> str:
    """Agreements are told apart whatever their spaces and capitals; a note of its own stands alone."""
    name = " ".join(standing.note.agreement.lower().split())
    return name or f"\n{standing.place}"
