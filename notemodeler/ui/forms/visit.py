"""The edits of one stay in an editor: one undo step, and none if what was typed ends unreadable."""

from typing import Any

from notemodeler.domain.numbers import Style
from notemodeler.domain.project import FIELD_BY_NAME, field_value
from notemodeler.ui.document import Document
from notemodeler.ui.forms.sentences import change_sentence


class Visit:
    """From the focus coming to an editor until it goes; edits of one visit share a merge key."""

    def __init__(self, document: Document, style: Style) -> None:
        self._document = document
        self._style = style
        self._number = 0
        self._edited = -1
        self._at_entry: Any = None
        self.typing = ""
        """The field whose text is being read just now: its editor is not to be written."""

    def begin(self) -> None:
        self._number += 1

    def edit(self, name: str, value: Any) -> bool:
        """Give a term its value; whether that changed the document."""
        before = self._document.project
        if self._edited != self._number:
            self._edited = self._number
            self._at_entry = field_value(before, name, self._document.note_index)
        self._write(name, value)
        return self._document.project is not before

    def take_back(self, name: str) -> None:
        """What a text said on its way to one that cannot be read was not meant: 13 of 13o000."""
        if self._edited == self._number:
            self._write(name, self._at_entry)

    def _write(self, name: str, value: Any) -> None:
        self.typing = name
        sentence = change_sentence(FIELD_BY_NAME[name], value, self._style)
        self._document.edit_field(name, value, sentence, f"{name} {self._number}")
        self.typing = ""
