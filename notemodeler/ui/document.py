"""The document behind the window: immutable states on an undo stack, their results, and who is looking where."""

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from notemodeler.app.results import Results, compute
from notemodeler.domain.project import Project, with_field


class _Edit(QUndoCommand):
    """One named step between two states; steps with the same merge key become one while they follow each other."""

    def __init__(self, document: "Document", after: Project, sentence: str, merge_key: str) -> None:
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
        return True

    def redo(self) -> None:
        self._document._show(self._after)

    def undo(self) -> None:
        self._document._show(self._before)


class Document(QObject):
    """The one state of a window. Views listen to `changed` and ask `results`; edits go through `edit`."""

    changed = Signal(object, object)
    """The project before and after; emitted after every edit, undo, redo and load."""
    cursor_moved = Signal(object)
    """The day under the cursor, a `date`."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._results = compute(project)
        self._cursor: date | None = None

    @property
    def project(self) -> Project:
        return self._results.project

    @property
    def results(self) -> Results:
        return self._results

    @property
    def note_index(self) -> int:
        return self._results.note_index

    @property
    def cursor_day(self) -> date:
        """The day that the why-card and the charts explain: the next notice date until the user moves it."""
        return self._cursor or self._results.next_notice_date

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
        before = self.project
        self._results = compute(project, self.note_index, self._results)
        self.changed.emit(before, project)
