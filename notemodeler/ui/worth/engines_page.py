"""The engines side by side on the valuation date, over the inputs that all of them take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from notemodeler.app.valuation_columns import ENGINES, INPUTS
from notemodeler.domain.dates import show_date
from notemodeler.domain.project import FIELDS
from notemodeler.ui.decisions.page import beside
from notemodeler.ui.document import Document
from notemodeler.ui.forms.fields_form import FieldsForm
from notemodeler.ui.tables.read_table import ReadTable
from notemodeler.ui.theme import Theme
from notemodeler.ui.worth.worth_page import WorthPage

if TYPE_CHECKING:
    from notemodeler.app.valuation import SideBySide
    from notemodeler.ui.background import Cancelled, Report, Work

NAMES = tuple(field.name for field in FIELDS if field.name.startswith("valuation."))


class EnginesPage(WorthPage):
    """The quick engines come first, the simulation when it is done."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(document, theme, "engines", "Engines side by side", parent)
        self.engines = ReadTable(
            document, theme, "engines.values", "Value by engine", ENGINES, parent=self
        )
        self.inputs = ReadTable(document, theme, "engines.inputs", "Inputs", INPUTS, parent=self)
        self.form = FieldsForm(document, theme, NAMES, parent=self)
        self.form.setObjectName("engines.form")
        self.form.setAccessibleName("Inputs of the valuation")
        self.found: SideBySide | None = None
        """What is in sight, None before the first time."""
        below = beside("engines.split", self.inputs, self.form, self)
        self.stack(self.engines, self.words, below, sizes=(170, 120, 310))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for part in (self.engines, self.inputs, self.form):
            part.set_theme(theme)

    def work(self) -> tuple[str, bool, Work]:
        valuations = self.valuations()
        on = valuations.default_date
        paths = self.document.project.valuation.paths
        words = f"Valuing the note on {show_date(on)}; the simulation draws {paths:,} paths…"

        def work(report: Report, cancelled: Cancelled) -> SideBySide:
            return valuations.all_engines(on, cancelled, report)

        return words, False, work

    def show_part(self, found: object) -> None:
        from notemodeler.app.valuation import SideBySide

        assert isinstance(found, SideBySide)
        self.found = found
        self.sentences.say(("\n".join(found.sentences),), found.issues)
        on = show_date(found.on)
        self.engines.show_rows(found.engines.rows, caption=f"{found.engines.title} on {on}")
        self.inputs.show_rows(found.inputs.rows, caption=f"{found.inputs.title} on {on}")

    def show_whole(self, found: object) -> None:
        self.show_part(found)
        valuation = self.document.project.valuation
        self.line.say(f"Simulated on {valuation.paths:,} paths from seed {valuation.seed}")
