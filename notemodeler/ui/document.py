"""The document behind the window: immutable states on an undo stack, their results, and who is looking where."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from notemodeler.domain.project import Project, with_field
from notemodeler.io.trading_calendar import nyse_calendar

if TYPE_CHECKING:
    from notemodeler.app.book import BookView
    from notemodeler.app.results import Results
    from notemodeler.domain.calendar import TradingCalendar
    from notemodeler.domain.note import Note


class _Edit(QUndoCommand):
    """One named step between two states; steps with the same merge key become one while they follow each other."""

    def __init__(
        self, document: Document, after: Project, sentence: str, merge_key: str, select: int | None
    ) -> None:
        super().__init__(sentence)
        self._document = document
        self._before = document.project
        self._after = after
        self._merge_key = merge_key
        here = document.note_index
        self._notes = (here, here if select is None else select)
        self._is_of_the_book = select is not None

    def id(self) -> int:
        return 1 if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit):
            return False
        if (other._merge_key, other._notes) != (self._merge_key, self._notes):
            return False
        self._after = other._after
        self.setText(other.text())
        self.setObsolete(self._after == self._before)
        return True

    def redo(self) -> None:
        self._show(self._after, self._notes[1])

    def undo(self) -> None:
        self._show(self._before, self._notes[0])

    def _show(self, project: Project, note: int) -> None:
        """An edit of prices or of the issuer concerns no note: the one selected stays."""
        concerns_notes = self._before.notes is not self._after.notes
        self._document._show(project, note if concerns_notes else None, self._is_of_the_book)


class Document(QObject):
    """The one state of a window. Views listen to `changed` and ask `results`; edits go through `edit`.

    One note is selected at any time; views of a note listen to `note_selected` as well. Selecting is
    no edit, but undoing an edit of a note selects that note.

    A document at rest has not been worked out: views show what it says and leave out what follows
    from it until `woke`. A window paints itself before it wakes its document.
    """

    changed = Signal(object, object)
    """The project before and after; emitted after every edit, undo, redo and load."""
    note_selected = Signal(int)
    """Another note is selected in the same project, or the places of the book have changed; its place."""
    cursor_moved = Signal(object)
    """The day under the cursor, a `date`."""
    woke = Signal()
    """What follows from the document may be asked for from now on."""
    closing = Signal()
    """The window of the document goes away: long work ends now."""
    is_read_only = False
    """Whether no view offers to edit; only a document made to be looked at is."""
    simulated_from: date | None = None
    """From which day on the prices are simulated, if they are."""

    def __init__(
        self, project: Project, parent: QObject | None = None, *, is_at_rest: bool = False
    ) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._note_index = 0
        self.is_at_rest = is_at_rest
        self._project = project
        self._results: Results | None = None
        self._cursor: date | None = None

    @property
    def project(self) -> Project:
        return self._project

    @property
    def note_index(self) -> int:
        """The place of the selected note in the book."""
        return self._note_index

    @property
    def note(self) -> Note:
        """The selected note."""
        return self._project.notes[self._note_index]

    @property
    def results(self) -> Results:
        """What follows for the selected note; the first call loads the engines."""
        known = self._results
        if (
            known is None
            or known.project is not self._project
            or known.note_index != self._note_index
        ):
            from notemodeler.app.results import compute

            self._results = known = compute(self._project, self._note_index, known)
        return known

    @property
    def book(self) -> BookView:
        """The whole book on its latest day."""
        from notemodeler.app.book import book_on, latest_day

        return book_on(self.results, latest_day(self.results))

    @property
    def calendar(self) -> TradingCalendar:
        """The trading days, less the closures that the user added."""
        return nyse_calendar().with_closures(self._project.closures)

    def wake(self) -> None:
        """Let the views show what follows; an edit does it too."""
        if self.is_at_rest:
            self.is_at_rest = False
            self.woke.emit()

    @property
    def cursor_day(self) -> date:
        """The day that the why-card and the charts explain: the next notice date until the user moves it."""
        return self._cursor or self.results.next_notice_date

    def move_cursor(self, day: date) -> None:
        """Look at another day; charts, tables and the why-card follow."""
        if day != self._cursor:
            self._cursor = day
            self.cursor_moved.emit(day)

    def select_note(self, place: int) -> None:
        """Select the note at a place of the book; one beyond its ends is the nearest."""
        place = max(0, min(place, len(self._project.notes) - 1))
        if place != self._note_index:
            self._note_index = place
            self.note_selected.emit(place)

    def edit(
        self, after: Project, sentence: str, merge_key: str = "", *, select: int | None = None
    ) -> None:
        """Make the state `after` with one undo step named `sentence`, such as `Change interest rate to 9 %`.

        An edit by which notes come, go or change places says which one to `select` afterwards.
        """
        if after != self.project:
            self.undo_stack.push(_Edit(self, after, sentence, merge_key, select))

    def edit_field(self, name: str, value: object, sentence: str, merge_key: str = "") -> None:
        """Replace one named field (see `notemodeler.domain.project.FIELDS`)."""
        self.edit(with_field(self.project, name, value, self.note_index), sentence, merge_key)

    def load(self, project: Project) -> None:
        """Show another document; there is nothing to undo before it."""
        self._cursor = None
        self._show(project, 0, is_of_the_book=True)
        self.undo_stack.clear()

    def _show(self, project: Project, note: int | None, is_of_the_book: bool) -> None:
        """First another project, then another note: whoever hears of one finds the other unchanged.

        Only a note beyond the end of a shorter book is left at once, for the last one.
        """
        before, self._project = self._project, project
        known, last = self._note_index, len(project.notes) - 1
        self._note_index = min(known, last)
        self.changed.emit(before, project)
        self.wake()
        wanted = self._note_index if note is None else min(note, last)
        if is_of_the_book or wanted != known:
            self._note_index = wanted
            self.note_selected.emit(wanted)
