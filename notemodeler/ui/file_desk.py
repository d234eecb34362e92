"""New, Open, Save and their kin: the document's session, the questions before work is lost, the messages after."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from notemodeler.app.sample import SAMPLE_NAME, ascent_project
from notemodeler.app.session import Session
from notemodeler.domain.issues import UserError
from notemodeler.domain.project import Project
from notemodeler.ui.document import Document
from notemodeler.ui.message_bar import MessageBar
from notemodeler.ui.questions import Answer, Questions

NOTE_FILES = "Note Modeler documents (*.note);;All files (*)"
TICK_MILLISECONDS = 5000


class FileDesk(QObject):
    """Keeps the session and the document together. Every refusal goes to the message bar."""

    renamed = Signal(str)
    """The document was saved, perhaps under a new title."""

    def __init__(
        self,
        document: Document,
        session: Session,
        questions: Questions,
        bar: MessageBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.session = session
        self.questions = questions
        self.bar = bar
        session.edited(document.project)
        document.changed.connect(lambda _before, after: self._edited(after))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MILLISECONDS)

    def new(self) -> None:
        if self.may_leave():
            self._begin_with(Project(), "Untitled")

    def open_sample(self) -> None:
        if self.may_leave():
            self._begin_with(ascent_project(), SAMPLE_NAME)

    def open_sample_book(self) -> None:
        if self.may_leave():
            from notemodeler.app.sample_book import BOOK_NAME, ascent_book

            self._begin_with(ascent_book(), BOOK_NAME)

    def ask_and_open(self) -> None:
        path = self.questions.which_file_to_open("Open a document", NOTE_FILES, self.folder)
        if path is not None:
            self.open(path)

    def open(self, path: Path, *, accept_edited: bool = False) -> bool:
        """Open a document after asking about unsaved work; whether it is open now."""
        if not self.may_leave():
            return False
        try:
            issues = self.session.open(path, accept_edited=accept_edited)
        except UserError as error:
            self.bar.refuse(error, *self._offers_after_refused_open(error, path))
            return False
        self.document.load(self.session.project)
        if self.session.is_read_only:
            self.bar.tell(
                f"{path.name} is open elsewhere, by {self.session.holder}: it is read-only here."
            )
        elif issues:
            self.bar.tell(" ".join(issue.text for issue in issues))
        else:
            self.bar.dismiss()
        return True

    def _offers_after_refused_open(
        self, error: UserError, path: Path
    ) -> list[tuple[str, Callable[[], object]]]:
        from notemodeler.io.document import ChecksumError

        if isinstance(error, ChecksumError):
            return [("Open all the same", lambda: self.open(path, accept_edited=True))]
        return []

    def save(self, *, overwrite: bool = False) -> bool:
        """Save, asking for a name if there is none; whether everything is saved now."""
        if self.session.path is None:
            return self.save_as()
        from notemodeler.io.document_file import ChangedOnDisk

        try:
            self.session.save(overwrite=overwrite)
        except ChangedOnDisk as error:
            self.bar.refuse(
                error,
                ("Reload", self.revert),
                ("Keep mine", lambda: self.save(overwrite=True)),
            )
            return False
        except UserError as error:
            self.bar.refuse(error, ("Save As…", self.save_as))
            return False
        return self._saved()

    def save_as(self) -> bool:
        path = self._ask_where("Save the document as")
        if path is None:
            return False
        try:
            self.session.save_as(path, overwrite=True)
        except UserError as error:
            self.bar.refuse(error, ("Save As…", self.save_as))
            return False
        return self._saved()

    def save_copy(self) -> None:
        path = self._ask_where("Save a copy as")
        if path is None:
            return
        try:
            self.session.save_copy(path, overwrite=True)
        except UserError as error:
            self.bar.refuse(error)
        else:
            self.bar.tell(f"A copy is saved as {path.name}.")

    def revert(self) -> None:
        try:
            self.session.revert()
        except UserError as error:
            self.bar.refuse(error)
        else:
            self.document.load(self.session.project)

    def may_leave(self) -> bool:
        """Whether the document may be left: it is saved, or the user gives its changes up."""
        if self.document.undo_stack.isClean():
            return True
        answer = self.questions.about_unsaved_work(self.session.title)
        if answer is Answer.SAVE:
            return self.save()
        return answer is Answer.DISCARD

    def offer_recovery(self) -> None:
        """Offer what an earlier session left behind when it ended without saving."""
        store = self.session.recovery
        left = store.abandoned()
        if not left:
            return
        snapshot = left[0]

        def take() -> None:
            self.session.recover(snapshot)
            self.document.load(self.session.project)
            self.document.undo_stack.resetClean()

        self.bar.tell(
            f"Unsaved work on “{snapshot.title}” was kept when the program last ended.",
            ("Recover", take),
            ("Discard", lambda: store.discard(snapshot)),
        )

    @property
    def folder(self) -> Path:
        """The folder that file dialogs start in."""
        recent = self.session.recent
        here = self.session.path or (recent[0] if recent else None)
        return here.parent if here and here.parent.is_dir() else Path.home()

    def beside(self, ending: str) -> Path:
        """A name for an export, beside the document."""
        stem = Path(self.session.title).stem if self.session.path else self.session.title
        plain = "".join(letter if letter.isalnum() or letter in " -_." else "-" for letter in stem)
        return self.folder / f"{plain.strip(' .') or 'note'}{ending}"

    def _ask_where(self, title: str) -> Path | None:
        path = self.questions.which_file_to_write(title, NOTE_FILES, self.beside(".note"))
        if path is not None and not path.suffix:
            path = path.with_suffix(".note")
        return path

    def _begin_with(self, project: Project, name: str) -> None:
        self.session.new(project, name)
        self.document.load(project)
        self.bar.dismiss()

    def _saved(self) -> bool:
        self.document.undo_stack.setClean()
        self.renamed.emit(self.session.title)
        self.bar.tell(f"Saved {self.session.title}.")
        return True

    def _edited(self, project: Project) -> None:
        self.session.edited(project)

    def _tick(self) -> None:
        try:
            self.session.tick()
        except UserError as error:
            self.bar.refuse(error)
