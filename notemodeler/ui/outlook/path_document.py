"""The read-only document of a simulated path, for the charts and the card that explain a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notemodeler.ui.document import Document

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from notemodeler.app.results import Results
    from notemodeler.app.simulated_path import SimulatedPath
    from notemodeler.domain.project import Project


class PathDocument(Document):
    """A document in which the path has come true. What follows from it was worked out before; edits do nothing."""

    is_read_only = True

    def __init__(self, path: SimulatedPath, parent: QObject | None = None) -> None:
        self._worked_out = path.results
        super().__init__(path.results.project, parent)
        self._look_at(path)

    def show(self, path: SimulatedPath) -> None:
        """Another path takes the place of this one."""
        self._worked_out = path.results
        self._look_at(path)
        self.load(path.results.project)
        self.move_cursor(self._first_look)

    def _look_at(self, path: SimulatedPath) -> None:
        self._note_index = path.results.note_index
        self.simulated_from = path.days[0]
        self._first_look = path.conversions[0].date if path.conversions else path.days[0]
        self._cursor = self._first_look

    @property
    def results(self) -> Results:
        return self._worked_out

    def edit(
        self, after: Project, sentence: str, merge_key: str = "", *, select: int | None = None
    ) -> None:
        """A simulated path is not edited."""

    def edit_field(self, name: str, value: object, sentence: str, merge_key: str = "") -> None:
        """A simulated path is not edited."""

    def _show(self, project: Project, note: int | None, is_of_the_book: bool) -> None:
        super()._show(project, self._worked_out.note_index, is_of_the_book)
