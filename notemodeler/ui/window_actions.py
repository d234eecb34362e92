"""Everything that can be done in the window, as one table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from notemodeler.app.settings import ThemeChoice
from notemodeler.ui.actions import ActionRecord
from notemodeler.ui.views import VIEWS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from notemodeler.ui.document import Document
    from notemodeler.ui.main_window import MainWindow

KEY = QKeySequence.StandardKey
FILE, EDIT, NOTE, VIEW, HELP = "&File", "&Edit", "&Note", "&View", "&Help"


def window_actions(window: MainWindow) -> tuple[ActionRecord, ...]:
    """The records in the order in which menus and tool bar show them."""
    return (*_file(window), *_edit(window), *_note(window), *_view(window), *_help(window))


def _file(window: MainWindow) -> tuple[ActionRecord, ...]:
    return (
        ActionRecord("new", FILE, "&New", lambda: window.files.new(), "Begin an empty document", KEY.New),
        ActionRecord("open", FILE, "&Open…", lambda: window.files.ask_and_open(), "Open a document", KEY.Open, True),
        ActionRecord("open_sample", FILE, "Open Ascent sa&mple", lambda: window.files.open_sample(), "Open the Ascent Solar note of August 2018"),
        ActionRecord("open_book", FILE, "Open Ascent &book", lambda: window.files.open_sample_book(), "Open the notes that Ascent Solar sold in 2018 and 2019"),
        ActionRecord("save", FILE, "&Save", lambda: window.files.save(), "Save the document", KEY.Save, True, True),
        ActionRecord("save_as", FILE, "Save &As…", lambda: window.files.save_as(), "Save the document under another name", KEY.SaveAs),
        ActionRecord("save_copy", FILE, "Save a Cop&y…", lambda: window.files.save_copy(), "Save a copy and go on with this document"),
        ActionRecord("revert", FILE, "Re&vert to Saved", lambda: window.files.revert(), "Give up every change since the last save"),
        ActionRecord("import_prices", FILE, "&Import Prices…", lambda: window.exports.import_prices(), "Read prices from a CSV or Excel file", "Ctrl+I", True, True),
        ActionRecord("export_workbook", FILE, "&Export Workbook…", lambda: window.exports.workbook(), "Write the Excel workbook with live formulas", "Ctrl+E", True),
        ActionRecord("save_picture", FILE, "Save &Picture…", lambda: window.exports.picture("png", window.shown_charts), "Save the charts as PNG, SVG or PDF"),
        ActionRecord("close", FILE, "&Close Window", window.close, "Close the window", KEY.Close, separator_before=True),
        ActionRecord("quit", FILE, "&Quit", window.close, "End the program", "Ctrl+Q"),
    )  # fmt: skip


def _edit(window: MainWindow) -> tuple[ActionRecord, ...]:
    stack = window.document.undo_stack
    return (
        ActionRecord("undo", EDIT, "&Undo", stack.undo, "Undo the last change", KEY.Undo, True, True),
        ActionRecord("redo", EDIT, "&Redo", stack.redo, "Do again what was undone", KEY.Redo, True),
        ActionRecord("copy_picture", EDIT, "Copy Pic&ture of the Charts", lambda: window.shown_charts.copy_picture(), "Copy the charts as a picture", "Ctrl+Shift+P", separator_before=True),
        ActionRecord("copy_why", EDIT, "Copy the E&xplanation", window.why.copy, "Copy why the price is what it is", "Ctrl+Shift+X"),
    )  # fmt: skip


def _note(window: MainWindow) -> tuple[ActionRecord, ...]:
    return (
        ActionRecord("note_new", NOTE, "&New Note", lambda: window.notes_desk.new(), "Add a note without terms of its own to the book", "Ctrl+Shift+N", True, True),
        ActionRecord("note_from_preset", NOTE, "New from &Preset…", lambda: window.notes_desk.from_preset(), "Add a note with the house terms of a lender", "Ctrl+Shift+H"),
        ActionRecord("note_tranche", NOTE, "New &Tranche", lambda: window.notes_desk.tranche(), "Draw another note under the agreement of the selected one, with its own dates"),
        ActionRecord("note_duplicate", NOTE, "&Duplicate Note", lambda: window.notes_desk.duplicate(), "Copy the selected note with its ledger", "Ctrl+Shift+D"),
        ActionRecord("note_save_preset", NOTE, "&Save as Preset…", lambda: window.notes_desk.save_preset(), "Keep the terms of the selected note for other notes"),
        ActionRecord("note_compare", NOTE, "&Compare with…", lambda: window.show_view("compare"), "Put the selected note beside another note, a preset or a note of another document"),
        ActionRecord("note_up", NOTE, "Move &Up", lambda: window.notes_desk.move(up=True), "Move the selected note one line up; on one day notes run in their order", "Ctrl+Shift+Up", separator_before=True),
        ActionRecord("note_down", NOTE, "Move Do&wn", lambda: window.notes_desk.move(up=False), "Move the selected note one line down", "Ctrl+Shift+Down"),
        ActionRecord("note_remove", NOTE, "&Remove Note", lambda: window.notes_desk.remove(), "Take the selected note out of the book; undo brings it back"),
        ActionRecord("note_before", NOTE, "Note &Above", lambda: window.notes_desk.step(-1), "Select the note above", "Ctrl+PgUp", separator_before=True),
        ActionRecord("note_after", NOTE, "Note &Below", lambda: window.notes_desk.step(1), "Select the note below", "Ctrl+PgDown"),
    )  # fmt: skip


def _view(window: MainWindow) -> tuple[ActionRecord, ...]:
    document = window.document
    choose = window.look.choose
    return (
        *(
            ActionRecord(f"view_{view.name}", VIEW, view.action, partial(window.show_view, view.name), view.tip, f"Ctrl+{place}", group="view")
            for place, view in enumerate(VIEWS, start=1)
        ),
        ActionRecord("day_before", VIEW, "&Day Before", partial(step_cursor, document, -1), "Look at the trading day before", "Alt+Left", separator_before=True),
        ActionRecord("day_after", VIEW, "Day &After", partial(step_cursor, document, 1), "Look at the trading day after", "Alt+Right"),
        ActionRecord("next_notice", VIEW, "Next &Notice Day", partial(to_next_notice, document), "Look at the first day after the last price", "Alt+End"),
        ActionRecord("show_terms", VIEW, "Show or Hide &Terms", partial(toggle, window.left), "Show or hide the notes and their terms", "F6", separator_before=True),
        ActionRecord("show_why", VIEW, "Show or Hide the &Reason", partial(toggle, window.why), "Show or hide why the price is what it is", "F7"),
        ActionRecord("show_tables", VIEW, "Show or Hide Ta&bles", partial(toggle, window.tabs), "Show or hide the tables", "F8"),
        ActionRecord("theme_system", VIEW, "Theme: Like the &System", partial(choose, ThemeChoice.SYSTEM), "Light or dark as the system is", separator_before=True, group="theme"),
        ActionRecord("theme_light", VIEW, "Theme: &Light", partial(choose, ThemeChoice.LIGHT), "Always light", group="theme"),
        ActionRecord("theme_dark", VIEW, "Theme: Dar&k", partial(choose, ThemeChoice.DARK), "Always dark", group="theme"),
    )  # fmt: skip


def _help(window: MainWindow) -> tuple[ActionRecord, ...]:
    return (
        ActionRecord("help", HELP, "&Help", partial(window.show_help, "guide"), "How to work with the program", KEY.HelpContents),
        ActionRecord("glossary", HELP, "&Terms explained", partial(window.show_help, "glossary"), "Every term with its meaning"),
        ActionRecord("shortcuts", HELP, "&Keyboard", partial(window.show_help, "keyboard"), "Every key"),
        ActionRecord("palette", HELP, "&Find an Action…", partial(find_action, window), "Type what you want to do", "Ctrl+K"),
        ActionRecord("about", HELP, "&About Note Modeler", partial(window.show_help, "about"), "Version, licence, libraries", separator_before=True),
    )  # fmt: skip


def step_cursor(document: Document, days: int) -> None:
    """Move the cursor by so many trading days, within the days that the charts show."""
    shown = document.results.chart_days
    calendar = document.results.market.calendar
    document.move_cursor(min(max(calendar.shifted(document.cursor_day, days), shown[0]), shown[-1]))


def to_next_notice(document: Document) -> None:
    """Move the cursor to the first trading day after the last price."""
    document.move_cursor(document.results.next_notice_date)


def toggle(part: QWidget) -> None:
    """Show a hidden part or hide a shown one."""
    part.setVisible(part.isHidden())


def find_action(window: MainWindow) -> None:
    """Open the palette of actions."""
    from notemodeler.ui.command_palette import CommandPalette

    CommandPalette(window.records, window.actions_by_id, window).open()
