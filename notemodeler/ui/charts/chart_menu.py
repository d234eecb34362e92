"""The charts' own menu: copy and save what they show, go back to all days."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from notemodeler.ui.charts.stack import ChartStack

SAVED_AS = (
    ("png", "Save Picture as P&NG…"),
    ("svg", "Save Picture as &SVG…"),
    ("pdf", "Save Picture as P&DF…"),
)


def chart_menu(panel: "ChartStack") -> QMenu:
    """A new menu; it goes when it is closed."""
    menu = QMenu(panel)
    menu.setObjectName("charts.menu")
    menu.aboutToHide.connect(menu.deleteLater)
    menu.addAction("&Copy Picture", panel.copy_picture)
    menu.addAction("Copy &Data", panel.copy_data)
    menu.addSeparator()
    for picture_format, text in SAVED_AS:
        menu.addAction(text, partial(panel.save_requested.emit, picture_format))
    if panel.desk is not None:
        menu.addSeparator()
        menu.addAction("Show &All Days", panel.desk.reset)
    return menu
