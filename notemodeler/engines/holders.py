"""Who counts as one holder for the ownership limit, and how many shares it holds on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from notemodeler.domain.note import Note
from notemodeler.engines.share_register import GrowingRegister, NoteSet, ShareRegister


@dataclass(frozen=True, slots=True)
class Stake:
    """What counts against the ownership limit of one note.

    `kept` are the notes of the same holder whose lots are not sold between notices; `own_shares` are
    held besides, in shares of `since`, the day the note was signed.
    """

    own_shares: int
    since: date
    kept: NoteSet

    def held(self, register: ShareRegister, day: date, *, before_entries: bool = False) -> int:
        """The shares held on the day, in shares of that day."""
        own = self.own_shares and register.carried(self.own_shares, self.since, day)
        return own + register.taken(self.kept, day, before_entries=before_entries)


def same_holder(notes: Sequence[Note], place: int) -> NoteSet:
    """The notes that count together with the one at that place, itself included."""
    key = notes[place].holder_key
    if not key:
        return frozenset((place,))
    return frozenset(at for at, note in enumerate(notes) if note.holder_key == key)


def stake_of(notes: Sequence[Note], place: int) -> Stake:
    """What counts against the limit of the note at that place of the book."""
    return _stake(notes, place, same_holder(notes, place))


def stakes_of(notes: Sequence[Note]) -> tuple[Stake, ...]:
    """What counts against the limit of each note of the book."""
    groups: dict[str, list[int]] = {}
    keys = [note.holder_key for note in notes]
    for place, key in enumerate(keys):
        groups.setdefault(key, []).append(place)
    return tuple(
        _stake(notes, place, groups[key] if key else (place,)) for place, key in enumerate(keys)
    )


def _stake(notes: Sequence[Note], place: int, together: Iterable[int]) -> Stake:
    kept = (at for at in together if not notes[at].conversion.lots_are_sold)
    note = notes[place]
    return Stake(note.conversion.holder_shares, note.issue_date, frozenset(kept))


def held_now(stake: Stake, register: GrowingRegister, day: date) -> int:
    """The shares held at this moment of a run."""
    own = stake.own_shares and register.carried(stake.own_shares, stake.since, day)
    return own + register.taken(stake.kept, day)
