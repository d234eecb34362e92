"""The document behind the window: immutable states on an undo stack, their results, and who is looking where."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from notemodeler.domain.project import Project, with_field
from notemodeler.io.trading_calendar import nyse_calendar

if TYPE_CHECKING:
    from notemodeler.app.results import Results
    from notemodeler.domain.calendar import TradingCalendar


class _Edit(QUndoCommand):
    """One named step between two states; steps with the same merge key become one while they follow each other."""

    def __init__(self, document: Document, after: Project, sentence: str, merge_key: str) -> None:
        super().__init__(sentence)
        self._document = document
        self._before = document.project
        self._after = after
        self._merge_key = merge_key

    def id(self) -> int:
        return 1 if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other._merge_key != self._merge_key:
            return False
        self._after = other._after
        self.setText(other.text())
        self.setObsolete(self._after == self._before)
        return True

    def redo(self) -> None:
        self._document._show(self._after)

    def undo(self) -> None:
        self._document._show(self._before)


class Document(QObject):
    """The one state of a window. Views listen to `changed` and ask `results`; edits go through `edit`.

    A document at rest has not been worked out: views show what it says and leave out what follows
    from it until `woke`. A window paints itself before it wakes its document.
    """

    changed = Signal(object, object)
    """The project before and after; emitted after every edit, undo, redo and load."""
    cursor_moved = Signal(object)
    """The day under the cursor, a `date`."""
    woke = Signal()
    """What follows from the document may be asked for from now on."""

    def __init__(
        self, project: Project, parent: QObject | None = None, *, is_at_rest: bool = False
    ) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.note_index = 0
        self.is_at_rest = is_at_rest
        self._project = project
        self._results: Results | None = None
        self._cursor: date | None = None

    @property
    def project(self) -> Project:
        return self._project

    @property
    def results(self) -> Results:
        """What follows from the document; the first call loads the engines."""
        if self._results is None or self._results.project is not self._project:
            from notemodeler.app.results import compute

            self._results = compute(self._project, self.note_index, self._results)
        return self._results

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

    def edit(self, after: Project, sentence: str, merge_key: str = "") -> None:
        """Make the state `after` with one undo step named `sentence`, such as `Change interest rate to 9 %`."""
        if after != self.project:
            self.undo_stack.push(_Edit(self, after, sentence, merge_key))

    def edit_field(self, name: str, value: object, sentence: str, merge_key: str = "") -> None:
        """Replace one named field (see `notemodeler.domain.project.FIELDS`)."""
        self.edit(with_field(self.project, name, value, self.note_index), sentence, merge_key)

    def load(self, project: Project) -> None:
        """Show another document; there is nothing to undo before it."""
        self._cursor = None
        self._show(project)
        self.undo_stack.clear()

    def _show(self, project: Project) -> None:
        before, self._project = self._project, project
        self.changed.emit(before, project)
        self.wake()
