"""What the Note menu does: notes come, go and change places, each in one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from notemodeler.domain.issues import UserError
from notemodeler.ui.document import Document
from notemodeler.ui.message_bar import MessageBar
from notemodeler.ui.note_list_edits import (
    BookEdit,
    blank_note,
    with_duplicate,
    with_moved,
    with_new_note,
    with_tranche,
    without_note,
)
from notemodeler.ui.note_list_rows import note_name

if TYPE_CHECKING:
    from datetime import date

    from notemodeler.io.preset_file import Preset
    from notemodeler.ui.note_list_presets import PresetChooser, PresetSaver

ONLY_ONE = "A document holds at least one note: this one cannot be removed."


class NoteDesk(QObject):
    """Turns wishes into edits of the document; refusals go to the message bar."""

    made = Signal()
    """There is another note, and it is selected: its terms wait to be filled in."""

    def __init__(self, document: Document, bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self.document = document
        self.bar = bar
        self._window = window
        self.chooser: PresetChooser | None = None
        self.saver: PresetSaver | None = None

    @property
    def begins(self) -> date:
        """The day on which a new note begins: the day after the last price."""
        return self.document.results.next_notice_date

    def new(self) -> None:
        """Another note without terms of its own."""
        self._add(with_new_note(self.document.project, blank_note(self.begins), "Add a note"))

    def from_preset(self) -> None:
        """Ask which preset, then add a note with its terms."""
        from notemodeler.app.presets import presets
        from notemodeler.ui.note_list_presets import PresetChooser

        self.chooser = PresetChooser(presets(), self._window)
        self.chooser.chosen.connect(self.add_from)
        self.chooser.open()

    def add_from(self, preset: Preset) -> None:
        """A note with the terms of a preset."""
        from notemodeler.app.presets import note_from_preset

        note = note_from_preset(preset, issue_date=self.begins)
        sentence = f"Add a note from the preset {preset.name}"
        self._add(with_new_note(self.document.project, note, sentence))

    def save_preset(self) -> None:
        """Ask for a name, then keep the terms of the selected note as a preset."""
        from notemodeler.ui.note_list_presets import PresetSaver

        note = self.document.note
        self.saver = PresetSaver(note_name(note, self.document.note_index), self._window)
        self.saver.named.connect(self.save_as)
        self.saver.open()

    def save_as(self, name: str, with_parties: bool) -> None:
        """Keep the terms of the selected note under a name."""
        from notemodeler.app.presets import OwnPresets, preset_from_note

        try:
            preset = preset_from_note(self.document.note, name, with_parties=with_parties)
            kept = OwnPresets().save(preset)
        except UserError as error:
            self.bar.refuse(error)
        else:
            self.bar.tell(f"Saved the preset “{kept.name}”.")

    def duplicate(self) -> None:
        self._add(with_duplicate(self.document.project, self.document.note_index))

    def tranche(self) -> None:
        self._add(with_tranche(self.document.project, self.document.note_index, self.begins))

    def remove(self) -> None:
        """Take the selected note out of the book; undo brings it back, so nothing is asked."""
        made = without_note(self.document.project, self.document.note_index)
        if made is None:
            self.bar.tell(ONLY_ONE)
            return
        self._make(made)

    def move(self, up: bool) -> None:
        made = with_moved(self.document.project, self.document.note_index, up=up)
        if made is not None:
            self._make(made)

    def step(self, by: int) -> None:
        """Select the note so many lines further in the list."""
        from notemodeler.ui.note_list_edits import shown_order

        order = shown_order(self.document.project.notes)
        at = order.index(self.document.note_index) + by
        if 0 <= at < len(order):
            self.document.select_note(order[at])

    def _add(self, edit: BookEdit) -> None:
        self._make(edit)
        self.made.emit()

    def _make(self, edit: BookEdit) -> None:
        self.document.edit(edit.project, edit.sentence, select=edit.place)
