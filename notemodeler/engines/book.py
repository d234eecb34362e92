"""Running the whole book: every note's events in date order through one register of shares."""

from dataclasses import dataclass, field

from notemodeler.domain.issuer import Issuer
from notemodeler.domain.note import Note
from notemodeler.domain.prices import PriceKind
from notemodeler.engines.history import NoteHistory
from notemodeler.engines.holders import Stake, stakes_of
from notemodeler.engines.market import Market
from notemodeler.engines.note_counts import NoteCounts
from notemodeler.engines.note_prices import NotePrices, Span, changed_days
from notemodeler.engines.pricing.rule_in_time import RuleInTime, rule_in_time
from notemodeler.engines.replay import NoteTrace, Replay
from notemodeler.engines.run import NoteRun
from notemodeler.engines.share_register import GrowingRegister, ShareRegister


@dataclass(frozen=True, eq=False)
class BookRun:
    """What became of every note, in the order of the book, and the shares that all of them issued."""

    histories: tuple[NoteHistory, ...]
    register: ShareRegister
    issuer: Issuer
    market: Market
    stakes: tuple[Stake, ...]
    """What counts against each note's ownership limit."""
    traces: tuple[NoteTrace, ...] = field(repr=False)

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(trace.note for trace in self.traces)

    def rule(self, place: int) -> RuleInTime:
        """The price rule of the note at that place."""
        return self.traces[place].prices.rule


def run_book(
    notes: tuple[Note, ...], issuer: Issuer, market: Market, before: BookRun | None = None
) -> BookRun:
    """The histories of all notes under their terms and ledgers, each event rounded to the cent once.

    On one day the notes come in their order, of each note default first, then the ledger in its
    order, then instalments. A conversion that cannot be priced, or that a limit does not allow, is
    left out or cut, and an Issue says so; one with stated shares is booked as reported and only
    remarked upon. What the run `before` an edit found and the edit did not touch is not worked out
    again; histories that come out the same are the same objects.
    """
    register = GrowingRegister(issuer)
    prices = _Prices(issuer, market, before)
    replays = []
    stakes = stakes_of(notes)
    for place, (note, old) in enumerate(zip(notes, _matched(notes, before), strict=True)):
        counts = NoteCounts(note, place, stakes[place], register)
        replays.append(Replay(NoteRun(note, prices.of(note, old), counts), old))
    events = [(event.day, place) for place, replay in enumerate(replays) for event in replay.agenda]
    for _, place in sorted(events):
        replays[place].take_next()
    traces = tuple(replay.trace() for replay in replays)
    histories = tuple(trace.history for trace in traces)
    return BookRun(histories, register.frozen(), issuer, market, stakes, traces)


def _matched(notes: tuple[Note, ...], before: BookRun | None) -> list[NoteTrace | None]:
    """For each note the run that may be repeated: that of the same note, else that of its place."""
    if before is None:
        return [None] * len(notes)
    if len(notes) == len(before.traces):
        return [*before.traces]
    by_note = {id(trace.note): trace for trace in before.traces}
    return [by_note.get(id(note)) for note in notes]


class _Prices:
    """Hands each note the prices of the run before as far as they hold."""

    def __init__(self, issuer: Issuer, market: Market, before: BookRun | None) -> None:
        self._issuer, self._market, self._before = issuer, market, before
        self._changed: dict[PriceKind, Span | None] = {}

    def of(self, note: Note, old: NoteTrace | None) -> NotePrices:
        before = self._before
        if before is None or old is None:
            return NotePrices(note.conversion, rule_in_time(note, self._issuer, self._market))
        untouched = before.issuer is self._issuer and before.market is self._market
        if untouched and old.note is note:
            return old.prices
        kind = note.conversion.rule.series
        if kind not in self._changed:
            self._changed[kind] = changed_days(before.market, self._market, kind)
        return NotePrices(
            note.conversion, rule_in_time(note, self._issuer, self._market), old.prices, self._changed[kind]
        )  # fmt: skip
