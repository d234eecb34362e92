"""What is wrong or odd in the book as a whole: notes against each other and against the company."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.ledger import EntryKind
from notemodeler.engines.company.book_day import BookDay, CompanyBook
from notemodeler.engines.company.holder_groups import holder_groups
from notemodeler.engines.company.reserve import reserve
from notemodeler.engines.company.sales_counter import sales_counter


@dataclass(frozen=True, slots=True)
class BookIssue:
    """An issue of the book; `places` are the notes whose fields it names, none if it names the company's."""

    places: tuple[int, ...]
    issue: Issue


def book_issues(at: BookDay) -> tuple[BookIssue, ...]:
    """Every issue of the book: of its terms, and of its shares as of the day."""
    found = [each for check in OF_TERMS for each in check(at.book)]
    return (*found, *(each for check in OF_THE_DAY for each in check(at)))


def check_book(at: BookDay, selected: int) -> tuple[Issue, ...]:
    """The issues as the list of the selected note shows them.

    Those about another note keep their sentence, which names it, but no field: the form shows the
    fields of the selected note only.
    """
    return tuple(
        each.issue._replace(fields=())
        if each.places and selected not in each.places
        else each.issue
        for each in book_issues(at)
    )


def _holder_shares(book: CompanyBook) -> Iterator[BookIssue]:
    """Shares held besides belong to the holder: all its notes should say the same."""
    for group in holder_groups(book.notes):
        stated = {place: book.notes[place].conversion.holder_shares for place in group.places}
        if len(set(stated.values())) > 1:
            named = "; ".join(f"{book.label(at)}: {shares:,}" for at, shares in stated.items())
            text = f"The notes of {group.name} state different shares held besides ({named})."
            yield _warning(group.places, text, "note.conversion.holder_shares")


def _affiliates(book: CompanyBook) -> Iterator[BookIssue]:
    """One holder cannot belong to two groups."""
    groups: dict[str, dict[str, list[int]]] = {}
    for place, note in enumerate(book.notes):
        if holder := _plain(note.holder):
            groups.setdefault(holder, {}).setdefault(note.holder_key, []).append(place)
    for by_key in groups.values():
        if len(by_key) < 2:
            continue
        places = tuple(place for found in by_key.values() for place in found)
        stated = (book.notes[found[0]].affiliate_group or "alone" for found in by_key.values())
        text = (
            f"{book.notes[places[0]].holder} is stated as affiliated in different ways "
            f"({'; '.join(stated)}): its notes do not count together for the ownership limit."
        )
        yield _warning(places, text, "note.affiliate_group")


def _after_maturity(book: CompanyBook) -> Iterator[BookIssue]:
    for place, note in enumerate(book.notes):
        for entry in note.ledger:
            if entry.kind is EntryKind.CONVERSION and entry.date > note.maturity_date:
                text = (
                    f"The conversion of {show_date(entry.date)} ({book.label(place)}) comes after maturity "
                    f"on {show_date(note.maturity_date)}."
                )
                issue = Issue(Severity.NOTE, text, ("note.ledger",), (entry.date,))
                yield BookIssue((place,), issue)


def _authorised(book: CompanyBook) -> Iterator[BookIssue]:
    """The first day on which more shares are outstanding than the charter authorises."""
    charter = {row.from_date for row in book.issuer.shares_authorised}
    for day in sorted(charter | set(book.register.change_days)) if charter else ():
        authorised, outstanding = book.authorised(day), book.register.outstanding(day)
        if authorised is not None and outstanding is not None and outstanding > authorised:
            text = (
                f"On {show_date(day)} {outstanding:,} shares are outstanding, "
                f"{outstanding - authorised:,} more than the charter authorises."
            )
            issue = Issue(Severity.WARNING, text, ("issuer.shares_authorised",), (day,))
            yield BookIssue((), issue)
            return


def _reserves(at: BookDay) -> Iterator[BookIssue]:
    for places, issue in reserve(at).issues():
        yield BookIssue(places, issue)


def _sales(at: BookDay) -> Iterator[BookIssue]:
    counter = sales_counter(at.book, at.day)
    if counter is not None and (issue := counter.issue()):
        yield BookIssue((), issue)


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def _warning(places: tuple[int, ...], text: str, field: str) -> BookIssue:
    return BookIssue(places, Issue(Severity.WARNING, text, (field,)))


OF_TERMS: tuple[Callable[[CompanyBook], Iterator[BookIssue]], ...] = (
    _holder_shares, _affiliates, _after_maturity, _authorised,
)  # fmt: skip
OF_THE_DAY: tuple[Callable[[BookDay], Iterator[BookIssue]], ...] = (_reserves, _sales)
