"""What every table of the window is: a model, its view, and the line beneath that says what happened."""

from PySide6.QtWidgets import QWidget

from notemodeler.domain.numbers import Style
from notemodeler.ui.tables.model import TableModel
from notemodeler.ui.tables.status_line import StatusLine
from notemodeler.ui.tables.view import GridView
from notemodeler.ui.theme import Theme


class TablePart(QWidget):
    """The base of the tables; a subclass makes the three parts."""

    model: TableModel
    view: GridView
    status: StatusLine

    def set_theme(self, theme: Theme) -> None:
        self.model.set_theme(theme)
        self.status.set_theme(theme)
        self.view.viewport().update()

    def set_style(self, style: Style) -> None:
        """Show and read numbers and dates in a style."""
        self.model.style = style
        self.view.viewport().update()
