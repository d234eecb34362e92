"""Choosing a preset to begin a note with, and naming one that is made from a note."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from notemodeler.domain.numbers import FORM
from notemodeler.domain.project import FIELD_BY_NAME
from notemodeler.io.preset_file import Preset
from notemodeler.ui.tick_box import TickBox

SIZES = [230, 470]


class PresetChooser(QDialog):
    """The presets at the left; what the marked one sets, by what source, and what it leaves open at the right."""

    chosen = Signal(object)
    """The `Preset` to begin a note with."""

    def __init__(self, presets: Sequence[Preset], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("New note from a preset")
        self.setObjectName("presets")
        self._presets = presets
        self.names = QListWidget(self)
        self.names.setObjectName("presets.names")
        self.names.setAccessibleName("Presets")
        self.names.addItems([preset.name for preset in presets])
        self.page = QTextBrowser(self)
        self.page.setObjectName("presets.page")
        self.page.setAccessibleName("What the preset sets")
        self._lay_out()
        self.names.currentRowChanged.connect(self._show)
        self.names.itemActivated.connect(lambda _item: self.accept())
        self.names.setCurrentRow(0)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.names)
        split.addWidget(self.page)
        split.setSizes(SIZES)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.addWidget(split, 1)
        column.addWidget(answers(self, "&Add Note"))
        self.resize(760, 520)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._presets):
            self.page.setHtml(preset_html(self._presets[row]))

    def accept(self) -> None:
        row = self.names.currentRow()
        super().accept()
        if row >= 0:
            self.chosen.emit(self._presets[row])


class PresetSaver(QDialog):
    """A name for the preset, and whether the holder goes with it."""

    named = Signal(str, bool)

    def __init__(self, proposed: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Save the terms as a preset")
        self.setObjectName("preset.save")
        self.name = QLineEdit(proposed, self)
        self.name.setObjectName("preset.save.name")
        self.name.setAccessibleName("Name of the preset")
        self.parties = TickBox("With the &holder and the agreement", self)
        self.parties.setObjectName("preset.save.parties")
        self.parties.setToolTip("Dates, amounts of the ledger and remarks never go into a preset.")
        form = QFormLayout(self)
        form.addRow("&Name:", self.name)
        form.addRow("", self.parties)
        buttons = answers(self, "&Save")
        form.addRow(buttons)
        save = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.name.textChanged.connect(lambda text: save.setEnabled(bool(text.strip())))
        self.name.selectAll()
        self.resize(420, 0)

    def accept(self) -> None:
        name, with_parties = self.name.text().strip(), self.parties.isChecked()
        super().accept()
        self.named.emit(name, with_parties)


def answers(dialog: QDialog, yes: str) -> QDialogButtonBox:
    """The buttons of a dialog: what it does, and Cancel."""
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Ok | kinds.Cancel, dialog)
    box.button(kinds.Ok).setText(yes)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box


def preset_html(preset: Preset) -> str:
    """What a reader must know of a preset before using it."""
    lender = f"<p>Lender: {escape(preset.lender)}</p>" if preset.lender else ""
    remark = f"<p>{escape(preset.remark)}</p>" if preset.remark else ""
    tables = "".join(_tables(preset))
    parts = [f"<h3>{escape(preset.name)}</h3>", lender, remark, "<h4>Sets</h4>", tables]
    if preset.unstated:
        labels = ", ".join(escape(_label(name).lower()) for name in preset.unstated)
        parts.append(
            f"<h4>Leaves open</h4><p>Its sources do not state: {labels}. A term that may be "
            "empty stays empty; any other keeps its default, and the remark of the note says so.</p>"
        )
    return "".join(parts)


def _tables(preset: Preset) -> Iterator[str]:
    """The terms by where they come from, so that each source is named once."""
    by_source: dict[str, list[str]] = {}
    for name, value in preset.terms.items():
        row = (
            f"<tr><td>{escape(_label(name))}</td><td><b>{escape(_shown(name, value))}</b></td></tr>"
        )
        by_source.setdefault(preset.sources.get(name, ""), []).append(row)
    for source, rows in by_source.items():
        words = f"<tr><td colspan='2'><i>{escape(source)}</i></td></tr>" if source else ""
        yield f"<table cellspacing='0' cellpadding='2'>{''.join(rows)}{words}</table><p></p>"


def _label(name: str) -> str:
    return FIELD_BY_NAME[name].term.label.removeprefix("… ").strip()


def _shown(name: str, value: Any) -> str:
    term = FIELD_BY_NAME[name].term
    words = "" if value is None else term.kind.show(value, FORM)
    return words or term.empty or "none"
