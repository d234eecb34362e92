"""The holders as the ownership limit counts them: each with its affiliates, over all its notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from notemodeler.domain.note import Note
from notemodeler.engines.holders import same_holder


@dataclass(frozen=True, slots=True)
class HolderGroup:
    """A holder with its affiliates; `places` are its notes in the order of the book."""

    name: str
    places: tuple[int, ...]


def holder_groups(notes: Sequence[Note]) -> tuple[HolderGroup, ...]:
    """The groups in the order of their first notes; a note without a holder's name stands alone."""
    found, seen = [], set[int]()
    for place, note in enumerate(notes):
        if place in seen:
            continue
        places = tuple(sorted(same_holder(notes, place)))
        seen.update(places)
        name = note.affiliate_group or note.holder or note.title or f"Note {place + 1}"
        found.append(HolderGroup(name, places))
    return tuple(found)
