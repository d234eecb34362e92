"""What is wrong or odd in the data: a list of sentences, never an exception."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Whether a figure cannot be had (error), should be doubted (warning) or merely explained (note)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Issue(NamedTuple):
    """One sentence about the data, the fields that it concerns and the days that it names."""

    severity: Severity
    text: str
    fields: tuple[str, ...] = ()
    days: tuple[date, ...] = ()

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


class UserError(Exception):
    """The world refused: a sentence for the user and, if there is one, a hint what to do."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
