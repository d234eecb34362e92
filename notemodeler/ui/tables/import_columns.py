"""The columns of a read price table to choose from: which to take, and what kind of price each holds."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from notemodeler.domain.dates import show_date
from notemodeler.domain.prices import PriceKind, PriceSeries

if TYPE_CHECKING:
    from notemodeler.io.price_files import PriceColumn, PriceProposal

CHOOSE = "which price?"


class ColumnChoice(QWidget):
    """A line for each column: a tick, its heading, the kind of price, how many prices it holds."""

    changed = Signal()

    def __init__(self, proposal: PriceProposal, wanted: PriceKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._proposal = proposal
        self.ticks: list[QCheckBox] = []
        self.kinds: list[QComboBox] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        known = [column.kind for column in proposal.taken]
        for place, column in enumerate(proposal.taken):
            ticked = column.kind is wanted or wanted not in known
            self._add(place, column, ticked=ticked)
        self._add_ignored(len(proposal.taken))

    def _add(self, place: int, column: PriceColumn, *, ticked: bool) -> None:
        tick = QCheckBox(column.heading.replace("&", "&&"), self)
        tick.setObjectName(f"import.column.{place}")
        tick.setAccessibleName(f"Take the column {column.heading}")
        tick.setChecked(ticked)
        kind = QComboBox(self)
        kind.setObjectName(f"import.kind.{place}")
        kind.setAccessibleName(f"What the prices of {column.heading} are")
        kind.addItems([CHOOSE, *(each.label for each in PriceKind)])
        if column.kind is not None:
            kind.setCurrentIndex(1 + list(PriceKind).index(column.kind))
        tick.toggled.connect(lambda _on: self.changed.emit())
        kind.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.ticks.append(tick)
        self.kinds.append(kind)
        for where, widget in enumerate((tick, kind, QLabel(_extent(column), self))):
            self._grid.addWidget(widget, place, where)

    def _add_ignored(self, place: int) -> None:
        """The columns left aside, on one line with their reasons in the tooltip."""
        ignored = self._proposal.ignored
        if not ignored:
            return
        names = ", ".join(column.heading or "(no heading)" for column in ignored)
        label = QLabel(f"Not used: {names}", self)
        label.setWordWrap(True)
        label.setToolTip(
            "\n".join(f"{column.heading}: {column.ignored_reason}" for column in ignored)
        )
        label.setEnabled(False)
        self._grid.addWidget(label, place, 0, 1, 3)

    def kind_of(self, place: int) -> PriceKind | None:
        chosen = self.kinds[place].currentIndex()
        return list(PriceKind)[chosen - 1] if chosen > 0 else None

    def chosen(self) -> list[tuple[PriceColumn, PriceKind | None]]:
        """The ticked columns and their kinds."""
        return [
            (column, self.kind_of(place))
            for place, column in enumerate(self._proposal.taken)
            if self.ticks[place].isChecked()
        ]

    def obstacle(self) -> str:
        """Why the choice cannot be imported yet; empty if it can."""
        chosen = self.chosen()
        if not chosen:
            return "Tick a column to import."
        for column, kind in chosen:
            if kind is None:
                return f"Say which price “{column.heading}” is: bid, close, low or VWAP."
        kinds = [kind for _, kind in chosen]
        twice = next((kind for kind in kinds if kind and kinds.count(kind) > 1), None)
        if twice is not None:
            return f"Two columns are both called {twice.label}: take one of them."
        return "" if any(column.bars for column, _ in chosen) else "No price could be read."

    def series(self) -> list[PriceSeries]:
        """What would be imported, one series a column."""
        source = self._proposal.source_name
        return [
            dataclasses.replace(PriceSeries(kind), source=f"{source}, {column.heading}"[:200], bars=column.bars)
            for column, kind in self.chosen()
            if kind is not None
        ]  # fmt: skip


def _extent(column: PriceColumn) -> str:
    bars = column.bars
    if not bars:
        return ""
    first, last = show_date(bars[0].date), show_date(bars[-1].date)
    return f"{len(bars):,} prices, {first} to {last}" if len(bars) > 1 else f"1 price, {first}"
