"""The page of simulated paths at work: it simulates the document, refines while one looks, opens paths."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity, UserError
from notemodeler.engines.simulation.statistics import LEVELS
from notemodeler.ui.background import Background
from notemodeler.ui.document import Document
from notemodeler.ui.outlook.painted import MARK_NAMES
from notemodeler.ui.outlook.paths_sheet import PathsSheet
from notemodeler.ui.outlook.refining import Step, refining
from notemodeler.ui.theme import Theme

VEIL_MILLISECONDS = 120
"""A first picture is mostly there sooner: what was shown before is not greyed for so short a while."""
WIDE_ENOUGH = 960
"""From this width on the assumptions are open beside the charts as the page is first shown."""


class PathsPage(PathsSheet):
    """Follows the document by simulating anew; rests while it is hidden."""

    path_wanted = Signal(object, object, int, str)
    """A path to look into: its `Simulation`, its `Picture`, its number and what it is."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(document, theme, parent)
        self.background = Background(document, self)
        self._seen = Event()
        self._turns: list[Callable[[], None]] = []
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._take_turn)
        self._veil = QTimer(self)
        self._veil.setSingleShot(True)
        self._veil.setInterval(VEIL_MILLISECONDS)
        self._veil.timeout.connect(lambda: self.set_old(True))
        self._is_new = True
        self._connect()

    def _connect(self) -> None:
        self.background.reported.connect(self._show_step)
        self.background.finished.connect(self._show_step)
        self.background.refused.connect(self._show_refusal)
        self.progress.cancel_wanted.connect(self.cancel)
        self.progress.start_wanted.connect(self.start)
        self.progress.scope_chosen.connect(lambda _scope: self._show_outlook())
        self.progress.paths_wanted.connect(self._take_paths)
        self.table.level_opened.connect(self.open_level)
        self.notes.row_opened.connect(self._select_note)
        self.charts.picked.connect(self._open_in_fan)
        self.distribution.chart.view.bar_opened.connect(self._open_bar)
        self.distribution.chart.view.mark_opened.connect(
            lambda level: self.open_level(self.table.chosen, level)
        )

    @property
    def is_settled(self) -> bool:
        """Whether all that was asked for is simulated and shown."""
        return not (self.background.is_running or self._turns or self.is_stale)

    @property
    def is_showing(self) -> bool:
        """Whether parts of the latest picture are still to be shown."""
        return bool(self._turns)

    # Simulating.

    def refresh(self) -> None:
        """Simulate the document as it is now."""
        results = self.document.results
        results.book  # noqa: B018 - worked out here, so that the thread finds it ready
        if self.outlook is not None and not self._veil.isActive():
            self._veil.start()
        self._seen.set()
        self._seen = Event()
        self.background.start(refining(results, self._seen))
        wanted = results.project.valuation.paths
        self.progress.show_step(Step(0, wanted, None), is_running=True)

    def start(self) -> None:
        """Begin anew."""
        self.follow()

    def cancel(self) -> None:
        """Stop; what is there stays, as the figures of so many paths."""
        self.background.cancel()
        self._seen.set()
        self._veil.stop()
        words = "Cancelled before the first picture was there."
        if self.outlook is not None and not self.table.is_old:
            words = f"Cancelled; the figures are those of {self.outlook.paths:,} paths."
        self.progress.show_idle(words)

    def _show_step(self, step: Step) -> None:
        self.progress.show_step(step, is_running=self.background.is_running)
        if step.outlook is not None and step.outlook is not self.outlook:
            self._veil.stop()
            self.outlook = step.outlook
            self._show_outlook()

    def _show_refusal(self, refusal: UserError) -> None:
        """What lacks, in words; the last good picture stays behind a veil."""
        self._veil.stop()
        self._turns = []
        words = " ".join(part for part in (str(refusal), refusal.hint) if part)
        self.sentences.say((), (Issue(Severity.ERROR, words),))
        self.progress.show_idle("Nothing is simulated.")
        if self.outlook is None:
            self.charts.bring_up_to_date()
            self.charts.show_message(words)
            self.distribution.show_bars("Distribution", "", None, words)
        self.set_old(True)

    def _take_paths(self, paths: int) -> None:
        self.document.edit_field("valuation.paths", paths, f"Change paths to {paths:,}")

    # Showing, part by part: between two of them the window is heard.

    def _show_outlook(self) -> None:
        self._turns = [
            self.show_words,
            self.show_fans,
            self.show_figures,
            self.show_distribution,
            self.show_notes,
        ]
        self._turn.start()

    def _take_turn(self) -> None:
        if self._turns:
            self._turns.pop(0)()
        if not self._turns:
            self._turn.stop()
            self._seen.set()

    # Looking into a path.

    def open_level(self, name: str, level: int) -> None:
        """The path at which a percentile of a figure lands; `level` is a place in `LEVELS`."""
        if self.scope is None:
            return
        row = self.scope.row(name)
        cell = row.cells[1 + level]
        if row.spread is not None and cell is not None:
            title = f"{MARK_NAMES[level]} of “{row.label}”: {cell.text}"
            self._open(row.spread.quantile_paths[level], title)

    def _open_bar(self, place: int) -> None:
        if self.scope is None:
            return
        row = self.scope.row(self.table.chosen)
        if row.spread is None:
            return
        found = row.spread.bar_paths
        path = found[place] if place < len(found) else row.spread.beyond_path
        if path is not None:
            words = self.distribution.chart.view.bar_words(place)
            self._open(path, f"“{row.label}” {words}")

    def _open_in_fan(self, which: int, place: int, line: int) -> None:
        if self.outlook is None or self.scope is None:
            return
        lines, level = self.scope.fans[which], len(LEVELS) - 1 - line
        path = self.outlook.path_in_fan(lines, place, LEVELS[level])
        if path is not None:
            day = show_date(self.outlook.days[place])
            self._open(path, f"{MARK_NAMES[level]} of “{lines.title}” on {day}")

    def _open(self, path: int, title: str) -> None:
        if self.outlook is not None and not self.table.is_old:
            words = f"{self.scope.title}: {title}" if self.scope is not None else title
            self.path_wanted.emit(self.outlook.simulation, self.outlook.picture, path, words)

    def _select_note(self, row: int) -> None:
        outlook = self.outlook
        if outlook is not None and outlook.notes[row].place >= 0:
            self.document.select_note(outlook.notes[row].place)

    # Coming and going.

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_new:
            self._is_new = False
            self.progress.form_button.setChecked(self.width() >= WIDE_ENOUGH)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: what is not done yet is begun anew when somebody does."""
        super().hideEvent(event)
        if self.background.is_running or self._turns:
            self.background.cancel()
            self._seen.set()
            self._veil.stop()
            self._turns = []
            self.is_stale = True
