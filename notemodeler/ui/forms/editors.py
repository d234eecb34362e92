"""Which editor a kind of value gets."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtWidgets import QWidget

from notemodeler.domain.calendar import TradingCalendar
from notemodeler.domain.terms import Field
from notemodeler.ui.forms.choice_editors import ChoiceEditor, FlagEditor
from notemodeler.ui.forms.date_editor import DateEditor
from notemodeler.ui.forms.line_editor import LineEditor, Listener

if TYPE_CHECKING:
    from notemodeler.ui.forms.rows_box import RowsBox

Editor: TypeAlias = "LineEditor | DateEditor | ChoiceEditor | FlagEditor | RowsBox"


def make_editor(
    field: Field, listener: Listener, calendar: Callable[[], TradingCalendar], parent: QWidget
) -> Editor:
    """The editor of a field, named by the field for tests and by its label for screen readers."""
    editor = _of_kind(field, listener, calendar, parent)
    editor.setObjectName(field.name)
    editor.setAccessibleName(field.term.label.removeprefix("… "))
    editor.setToolTip(field.term.help)
    return editor


def _of_kind(
    field: Field, listener: Listener, calendar: Callable[[], TradingCalendar], parent: QWidget
) -> Editor:
    name = field.term.kind.name
    if name == "date":
        return DateEditor(field, listener, calendar, parent)
    if name == "rows":
        from notemodeler.ui.forms.rows_box import RowsBox  # few of them are seen at the start

        return RowsBox(field, listener, parent)
    return OTHERS.get(name, LineEditor)(field, listener, parent)


OTHERS: dict[str, type[ChoiceEditor | FlagEditor | LineEditor]] = {
    "choice": ChoiceEditor,
    "flag": FlagEditor,
}
"""Editors by the name of the kind; every kind that is not listed is typed as text."""
