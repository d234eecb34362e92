"""What the user can do: one table of records from which menus, tool bar and palette are built."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

Shortcut = QKeySequence.StandardKey | str | None
BESIDES = {QKeySequence.StandardKey.Redo: "Ctrl+Y"}
"""Keys that users of other systems press without thinking, where they are free."""


class ActionRecord(NamedTuple):
    """One action: its id and text, where it stands, its key, what it says in the status bar, what it does."""

    id: str
    menu: str
    text: str
    run: Callable[[], object]
    tip: str
    shortcut: Shortcut = None
    in_tool_bar: bool = False
    separator_before: bool = False
    group: str = ""
    """Actions of one group are alternatives of which one is ticked."""


def build_action(record: ActionRecord, window: QMainWindow) -> QAction:
    """The QAction of a record, owned by the window."""
    action = QAction(
        window
    )  # with the text at once PySide6 prepares for icons, of which there are none
    action.setText(record.text)
    action.setObjectName(record.id)
    action.setStatusTip(record.tip)
    plain = record.text.replace("&", "")
    if isinstance(record.shortcut, str):
        action.setShortcut(QKeySequence(record.shortcut))
    elif record.shortcut is not None:
        keys_of = QKeySequence.keyBindings(record.shortcut)
        besides = BESIDES.get(record.shortcut)
        if besides is not None and QKeySequence(besides) not in keys_of:
            keys_of.append(QKeySequence(besides))
        action.setShortcuts(keys_of)
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{plain} ({keys})" if keys else plain)
    action.setCheckable(bool(record.group))
    action.triggered.connect(partial(_run, record))
    window.addAction(action)
    return action


def tie_alternatives(
    window: QMainWindow, records: Iterable[ActionRecord], actions: dict[str, QAction]
) -> None:
    """Of the actions of one group exactly one is ticked."""
    groups: dict[str, QActionGroup] = {}
    for record in records:
        if record.group:
            group = groups.setdefault(record.group, QActionGroup(window))
            group.addAction(actions[record.id])


def _run(record: ActionRecord, _checked: bool = False) -> None:
    record.run()


def build_menus(
    window: QMainWindow, records: Iterable[ActionRecord], actions: dict[str, QAction]
) -> dict[str, QMenu]:
    """The menu bar in the order in which the records name their menus."""
    menus: dict[str, QMenu] = {}
    for record in records:
        menu = menus.get(record.menu)
        if menu is None:
            menu = menus[record.menu] = window.menuBar().addMenu(record.menu)
        if record.separator_before:
            menu.addSeparator()
        menu.addAction(actions[record.id])
    return menus
