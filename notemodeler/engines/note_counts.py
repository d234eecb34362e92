"""The share counts that one note's limits look at while the book runs."""

from dataclasses import dataclass
from datetime import date

from notemodeler.domain.note import Note
from notemodeler.engines.conversion_limits import Counts
from notemodeler.engines.holders import Stake, held_now
from notemodeler.engines.note_limits import exchange_cap_shares
from notemodeler.engines.share_register import GrowingRegister, ShareIssue


@dataclass
class NoteCounts:
    """One note's view of the register that all notes share."""

    note: Note
    place: int
    stake: Stake
    register: GrowingRegister
    _cap_shares: int | None = None

    def __post_init__(self) -> None:
        self.own = frozenset((self.place,))
        self.register.watch(self.stake.kept)
        if self.note.conversion.exchange_cap is not None:
            self.register.watch(self.own)

    def on(self, day: date) -> Counts:
        """The counts just before the next conversion of the day, which may only go forward."""
        return Counts(
            self.register.outstanding(day),
            held_now(self.stake, self.register, day),
            self._exchange_room(day),
        )

    def issue(self, day: date, shares: int) -> None:
        """Enter shares issued on the day."""
        self.register.add(ShareIssue(day, self.place, shares))

    def set_exchange_cap(self, issue_date: date) -> None:
        """Reckon the most shares the note may issue from the count on its issue date."""
        cap = self.note.conversion.exchange_cap
        outstanding = self.register.outstanding_as_began(issue_date)
        if cap is not None and outstanding is not None:
            self._cap_shares = exchange_cap_shares(cap, outstanding)

    def _exchange_room(self, day: date) -> int | None:
        if self._cap_shares is None:
            return None
        most = self.register.carried(self._cap_shares, self.note.issue_date, day)
        return max(0, most - self.register.taken(self.own, day))
