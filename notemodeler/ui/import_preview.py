"""Before prices go in: what a source was understood to hold, what it leaves open, what it would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import PRICE
from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.ui.document import Document
from notemodeler.ui.tables.import_columns import ColumnChoice
from notemodeler.ui.tables.import_questions import QuestionBox
from notemodeler.ui.tables.import_reading import Reading, Source
from notemodeler.ui.tables.price_merge import Counts, Merge, counts, with_series_read
from notemodeler.ui.tables.text_rows import TextRows, text_view
from notemodeler.ui.theme import Theme, palette

if TYPE_CHECKING:
    from notemodeler.io.price_files import PriceProposal, Question

AT_ONCE_SECONDS = 0.1
BUSY_AFTER_MS = 300
POLL_MS = 30
EXAMPLE_ROWS = 50
PLURALS = {
    PriceKind.BID: "closing bids",
    PriceKind.CLOSE: "closing prices",
    PriceKind.LOW: "daily lows",
    PriceKind.VWAP: "daily VWAPs",
}


class ImportPreview(QDialog):
    """Reads a source and shows it; accepting it is one undo step."""

    def __init__(
        self,
        document: Document,
        name: str,
        source: Source,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("import")
        self.setWindowTitle(f"Import prices: {name}")
        self._document, self._name, self._source = document, name, source
        self._questions: dict[str, Question] = {}
        self._answers: dict[str, str] = {}
        self.proposal: PriceProposal | None = None
        self.columns: ColumnChoice | None = None
        self._counts: dict[Merge, Counts] = {}
        self._make_parts()
        self._lay_out()
        self.set_theme(theme)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._look)
        self._read()

    # Building.

    def _make_parts(self) -> None:
        self.summary = QLabel(self)
        self.summary.setObjectName("import.summary")
        self.summary.setWordWrap(True)
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName("How much of the prices is read")
        self.progress.hide()
        self.understood = QWidget(self)
        self.asked = QWidget(self)
        self.examples = TextRows(self)
        self.example_view = text_view(
            self.examples, "import.examples", "The first rows as they were understood", self
        )
        self.refused = TextRows(self)
        self.rejected_view = text_view(self.refused, "import.rejected", "Rows not understood", self)
        self.rejected_label = QLabel(self)
        self.notes = QLabel(self)
        self.notes.setWordWrap(True)
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.merge = QButtonGroup(self)
        self.merge_buttons = {how: self._merge_button(how) for how in Merge}
        self.merge_buttons[Merge.NEW_WINS].setChecked(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Import")
        self.ok.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _merge_button(self, how: Merge) -> QRadioButton:
        button = QRadioButton(self)
        button.setObjectName(f"import.merge.{how.value}")
        self.merge.addButton(button)
        button.toggled.connect(lambda on: self._refresh_verdict() if on else None)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        for widget in (self.summary, self.progress, self.asked, self.understood):
            column.addWidget(widget)
        column.addWidget(self.example_view, 2)
        column.addWidget(self.rejected_label)
        column.addWidget(self.rejected_view, 1)
        column.addWidget(self.notes)
        column.addStretch(0)
        for widget in (*self.merge_buttons.values(), self.buttons):
            column.addWidget(widget)
        for part in (self.asked, self.understood):
            QVBoxLayout(part).setContentsMargins(0, 0, 0, 0)
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.summary.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.example_view.horizontalHeader().setStretchLastSection(False)
        self._show_parts(shown=False)
        self.resize(640, 560)

    def _show_parts(self, *, shown: bool) -> None:
        for widget in (self.understood, self.example_view, *self.merge_buttons.values()):
            widget.setVisible(shown)
        if not shown:
            for widget in (self.asked, self.rejected_label, self.rejected_view, self.notes):
                widget.hide()
        self.ok.setEnabled(False)

    def set_theme(self, theme: Theme) -> None:
        self.setPalette(palette(theme))

    # Reading.

    def _read(self) -> None:
        self.reading = Reading(self._source, self._name, self._answers)
        self.summary.setText("Reading …")
        self.ok.setEnabled(False)
        if self.reading.is_done(AT_ONCE_SECONDS):
            self._show_reading()
        else:
            self._timer.start()
            QTimer.singleShot(BUSY_AFTER_MS, self, self._show_busy)

    def _show_busy(self) -> None:
        if self._timer.isActive():
            self.progress.show()

    def _look(self) -> None:
        """Called by the timer while the reading goes on."""
        self.progress.setValue(int(self.reading.fraction * 100))
        if self.reading.is_done():
            self._timer.stop()
            self.progress.hide()
            self._show_reading()

    def _show_reading(self) -> None:
        refusal = self.reading.refusal
        if refusal is not None:
            self._show_parts(shown=False)
            self.summary.setText(f"{refusal.sentence} {refusal.hint}".strip())
        elif self.reading.proposal is not None:
            self._show_proposal(self.reading.proposal)

    def done(self, result: int) -> None:
        self._timer.stop()
        self.reading.stop()
        super().done(result)

    # Showing.

    def _show_proposal(self, proposal: PriceProposal) -> None:
        self.proposal = proposal
        self._questions |= {question.id: question for question in proposal.questions}
        self._show_parts(shown=not proposal.questions)
        self._show_questions()
        self._show_columns(proposal)
        self._show_rejected(proposal)
        self.notes.setText("\n".join(proposal.notes))
        self.notes.setVisible(bool(proposal.notes))
        self.choice_changed()

    def _show_questions(self) -> None:
        boxes = []
        for question in self._questions.values():
            box = QuestionBox(question, self._answers.get(question.id, ""), self.asked)
            box.answered.connect(self.answer)
            boxes.append(box)
        _replace(self.asked, boxes)
        self.asked.setVisible(bool(self._questions))

    def answer(self, question: str, key: str) -> None:
        """Settle an open question; the source is read again with the answer."""
        self._timer.stop()
        self.reading.stop()
        self._answers[question] = key
        self._read()

    def _show_columns(self, proposal: PriceProposal) -> None:
        wanted = self._document.results.note.conversion.rule.series
        self.columns = ColumnChoice(proposal, wanted, self.understood)
        self.columns.changed.connect(self.choice_changed)
        _replace(self.understood, [self.columns])

    def _show_rejected(self, proposal: PriceProposal) -> None:
        refused = [(f"{row.row_number:,}", row.text, row.reason) for row in proposal.rejected]
        doubtful = [(f"{row.row_number:,}", row.text, f"taken, but: {row.doubt}")
                    for row in proposal.doubtful]  # fmt: skip
        self.refused.show(("Row", "Text", "Why"), [*refused, *doubtful], frozenset({0}))
        self.rejected_view.setColumnWidth(0, 60)
        self.rejected_view.setColumnWidth(1, 240)
        told = [f"{_rows(proposal.rejected_count)} not understood"] if refused else []
        told += [f"{_rows(len(doubtful))} doubtful"] if doubtful else []
        self.rejected_label.setText(", ".join(told) + ":")
        for widget in (self.rejected_label, self.rejected_view):
            widget.setVisible(bool(told))

    def choice_changed(self) -> None:
        """Show what the ticked columns hold and would change."""
        assert self.columns is not None
        columns = [column for column, _ in self.columns.chosen()]
        prices = [{bar.date: bar.price for bar in column.bars[:EXAMPLE_ROWS]} for column in columns]
        days = sorted(set().union(*prices))[:EXAMPLE_ROWS]
        self.examples.show(
            ("Date", *(column.heading for column in columns)),
            [
                (show_date(day), *(_shown(held, day) for held in prices))
                for day in days
            ],
            frozenset(range(1, len(columns) + 1)),
        )  # fmt: skip
        self._count()
        self._refresh_verdict()

    def _count(self) -> None:
        assert self.columns is not None
        project = self._document.project
        for how, button in self.merge_buttons.items():
            total = Counts()
            for series in self.columns.series():
                old = _old_bars(project.prices, series.kind)
                total = total.plus(counts(old, series.bars, how))
            self._counts[how] = total
            button.setText(f"{how.label[0].upper()}{how.label[1:]}: {total.words}")

    def _refresh_verdict(self) -> None:
        if self.columns is None or self.proposal is None:
            return
        if self.proposal.questions:
            self.summary.setText("One thing must be settled before the prices can be read.")
            self.ok.setEnabled(False)
            return
        obstacle = self.columns.obstacle()
        self.ok.setEnabled(not obstacle)
        self.summary.setText(obstacle or f"{self.sentence}.")

    @property
    def how(self) -> Merge:
        """What happens to the prices that are there."""
        return next(how for how, button in self.merge_buttons.items() if button.isChecked())

    @property
    def sentence(self) -> str:
        """The name of the undo step."""
        assert self.columns is not None
        series = self.columns.series()
        count = sum(len(each.bars) for each in series)
        things = PLURALS[series[0].kind] if len(series) == 1 else "prices"
        return f"Import {count:,} {things if count != 1 else 'price'} from {self._name}"

    def accept(self) -> None:
        """Put the prices into the document."""
        if not self.ok.isEnabled() or self.columns is None:
            return
        project = with_series_read(self._document.project, self.columns.series(), self.how)
        sentence = self.sentence
        super().accept()
        self._document.edit(project, sentence)


def _old_bars(prices: tuple[PriceSeries, ...], kind: PriceKind) -> tuple[PriceBar, ...]:
    return next((series.bars for series in prices if series.kind is kind), ())


def _shown(held: Mapping[date, Decimal | None], day: date) -> str:
    if day not in held:
        return ""
    price = held[day]
    return "no quote" if price is None else PRICE.show(price)


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _replace(holder: QWidget, widgets: Sequence[QWidget]) -> None:
    """Show other widgets in a holder."""
    layout = holder.layout()
    assert layout is not None
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)
