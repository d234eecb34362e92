"""What the company's figures are worked out from: its notes as they ran together, and each on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from notemodeler.domain.issuer import Issuer
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import total_of
from notemodeler.engines.book import BookRun
from notemodeler.engines.company.states import NoteState, state_on
from notemodeler.engines.history import NOTHING, HappeningKind, Owed
from notemodeler.engines.holders import stake_of
from notemodeler.engines.pricing.finding import PriceFinding
from notemodeler.engines.share_register import ShareRegister
from notemodeler.engines.trade import Trade


@dataclass(frozen=True, eq=False)
class CompanyBook:
    """All notes of an issuer in the order of the book, as they ran together."""

    run: BookRun

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        return tuple(trace.note for trace in self.run.traces)

    @property
    def issuer(self) -> Issuer:
        return self.run.issuer

    @property
    def register(self) -> ShareRegister:
        return self.run.register

    def authorised(self, day: date) -> int | None:
        """The shares that the charter authorises on the day, as it says them: splits do not change them."""
        rows = [row for row in self.issuer.shares_authorised if row.from_date <= day]
        return max(rows, key=lambda row: row.from_date).shares if rows else None

    def label(self, place: int) -> str:
        """What a sentence calls the note at that place."""
        note = self.notes[place]
        return note.title or note.holder or f"Note {place + 1}"


@dataclass(frozen=True, slots=True)
class Standing:
    """One note at the end of a day, in dollars and in shares of that day.

    `converted` are the dollars settled in shares so far, principal added for a floor included, `paid`
    is all cash paid, premiums included, `issued` the shares issued. `price` is None when nothing is
    owed; `shares` for the whole balance, with the fee of one conversion, is None without a price.
    `held` counts against the ownership limit.
    """

    place: int
    note: Note
    state: NoteState
    owed: Owed
    converted: Decimal
    paid: Decimal
    issued: int
    price: PriceFinding | None
    trade: Trade | None
    shares: int | None
    held: int

    @property
    def conversion_price(self) -> Decimal | None:
        return None if self.price is None else self.price.conversion_price


@dataclass(frozen=True, eq=False)
class BookDay:
    """The book at the end of one day, that day's ledger entries included."""

    book: CompanyBook
    day: date

    @cached_property
    def outstanding(self) -> int | None:
        return self.book.register.outstanding(self.day)

    @cached_property
    def authorised(self) -> int | None:
        return self.book.authorised(self.day)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every note's standing, in the order of the book."""
        return tuple(self._standing(place) for place in range(len(self.book.notes)))

    @cached_property
    def unpriced(self) -> tuple[Standing, ...]:
        """The notes that owe something and have no conversion price on the day."""
        return tuple(each for each in self.standings if each.shares is None)

    def _standing(self, place: int) -> Standing:
        book, day = self.book, self.day
        note, history, register = book.notes[place], book.run.histories[place], book.register
        owed = history.owed_on(day).in_cents()
        prices = book.run.traces[place].prices
        price, trade = (prices.finding(day), prices.trade(day)) if owed.total > 0 else (None, None)
        past = [each for each in history.happenings if each.date <= day]
        return Standing(
            place,
            note,
            state_on(note, history, day),
            owed,
            _sum(each.settled.total for each in past if each.kind is HappeningKind.CONVERSION),
            _sum(each.cash for each in past),
            register.taken(frozenset((place,)), day),
            price,
            trade,
            0 if price is None else _whole_balance(note, owed, trade),
            stake_of(book.notes, place).held(register, day),
        )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return total_of(NOTHING, *amounts)


def _whole_balance(note: Note, owed: Owed, trade: Trade | None) -> int | None:
    """The shares of one conversion of everything owed."""
    fee = note.conversion.fee_amount
    return None if trade is None else trade.shares(total_of(owed.total, fee))
