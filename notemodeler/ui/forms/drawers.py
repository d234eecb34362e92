"""Opening and closing the small tables under the terms of a form."""

from PySide6.QtCore import Qt

from notemodeler.ui.forms.fields_form import FieldsForm
from notemodeler.ui.forms.rows_box import RowsBox
from notemodeler.ui.forms.rows_drawer import RowsDrawer

MARGIN = 8


class Drawers:
    """The tables that are open in one form."""

    def __init__(self, form: FieldsForm) -> None:
        self._form = form

    def toggle(self, box: RowsBox) -> None:
        """Open the table of a term, or close it."""
        if box.drawer is None:
            self.open(box)
        else:
            self.close(box)

    def open(self, box: RowsBox) -> None:
        """Show the table under its term and go to its first row."""
        form = self._form
        drawer = RowsDrawer(form.document, form.theme, box.field, form.style_of_numbers, form.page)
        box.take_drawer(drawer)
        drawer.done.connect(lambda: self.close(box))
        drawer.resized.connect(form.rows_moved)
        form.page.chain()
        form.rows_moved()
        drawer.show()
        form.area.ensureWidgetVisible(drawer, 0, MARGIN)
        drawer.begin()

    def close(self, box: RowsBox) -> None:
        """Take the table away; the focus goes back to the term if it was in the table."""
        drawer = box.drawer
        if drawer is None:
            return
        had_focus = drawer.isAncestorOf(self._form.focusWidget() or self._form)
        drawer.finish()
        box.take_drawer(None)
        if had_focus:
            box.setFocus(Qt.FocusReason.OtherFocusReason)
        drawer.hide()
        drawer.deleteLater()
        self._form.rows_moved()
