"""The help pages, the glossary made from the terms, the keys made from the actions, and what the program is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout

from notemodeler.app.about import about_markdown
from notemodeler.app.glossary import glossary_markdown
from notemodeler.app.places import resource

if TYPE_CHECKING:
    from notemodeler.ui.main_window import MainWindow

TITLES = {
    "guide": "Help",
    "glossary": "Terms explained",
    "keyboard": "Keyboard",
    "about": "About Note Modeler",
}


def show_help(window: "MainWindow", topic: str) -> QDialog:
    """Open a page beside the window; a field's name opens the glossary at that field."""
    page = topic if topic in TITLES else "glossary"
    dialog = QDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(TITLES[page])
    browser = QTextBrowser(dialog)
    browser.setAccessibleName(TITLES[page])
    browser.setMarkdown(_page(window, page))
    column = QVBoxLayout(dialog)
    column.addWidget(browser)
    dialog.resize(640, 720)
    dialog.show()
    if page == "glossary" and topic != "glossary":
        _go_to(browser, topic)
    return dialog


def _page(window: "MainWindow", page: str) -> str:
    if page == "glossary":
        return glossary_markdown()
    if page == "about":
        return about_markdown()
    if page == "keyboard":
        return _keys(window)
    return resource("help/guide.md").read_text(encoding="utf-8")


def _keys(window: "MainWindow") -> str:
    lines = ["# Keyboard", "", "| What | Key |", "|---|---|"]
    for record in window.records:
        keys = (
            window.actions_by_id[record.id]
            .shortcut()
            .toString(QKeySequence.SequenceFormat.NativeText)
        )
        if keys:
            lines.append(f"| {record.tip} | {keys} |")
    return "\n".join([*lines, "", resource("help/keyboard.md").read_text(encoding="utf-8")])


def _go_to(browser: QTextBrowser, field: str) -> None:
    """Scroll to a field of the glossary and select its name."""
    if browser.find(field):
        browser.ensureCursorVisible()
