"""What drives shares and cost: a tornado and two maps that fill while one looks; each cell opens its path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from notemodeler.ui.background import Background
from notemodeler.ui.charts.heat_map import HeatMapPanel
from notemodeler.ui.charts.legend import Face
from notemodeler.ui.charts.stack import ChartStack
from notemodeler.ui.charts.tornado_chart import TornadoPanel
from notemodeler.ui.decisions.page import Sentences
from notemodeler.ui.document import Document
from notemodeler.ui.outlook.drivers_bar import DriversBar
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.app.measured import Measurer, Yield
    from notemodeler.app.simulation import Simulation
    from notemodeler.app.variants import Changes
    from notemodeler.app.what_drives import Drives
    from notemodeler.domain.issues import UserError
    from notemodeler.domain.project import Project
    from notemodeler.engines.simulation.picture import Picture

    ShowPath = Callable[[Simulation, Picture, int, str], None]

REST_MILLISECONDS = 250
"""The simulation begins when nothing was edited for so long."""
TORNADO_FACE = Face(
    "drivers.tornado", "What drives it", "Each input low and high, the others as they are", (), 14
)
MAP_FACES = (
    Face("drivers.lookback", "Look-back by discount", "Other look-backs and discounts", (), 16),
    Face(
        "drivers.price", "Share price by volatility", "Other share prices and volatilities", (), 16
    ),
)
WAITING = "Simulating …"
TORNADO = "tornado"
TORNADO_HEIGHT = 240
INPUTS = ("issuer", "prices", "notes", "closures", "scenario", "valuation")


class DriversPage(QWidget):
    """Simulates in the background while in sight; `show_path(simulation, picture, path, title)` shows a path."""

    def __init__(
        self, document: Document, theme: Theme, show_path: ShowPath, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("drivers")
        self.setAccessibleName("What drives it")
        self.document = document
        self._show_path = show_path
        self._found: Drives | None = None
        self._measurer: Measurer | None = None
        self._of: tuple[Project, int] | None = None
        self._is_stale = True
        self._was_stopped = False
        self._old: set[str] = set()
        self.background = Background(document, self)
        self.opener = Background(document, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._make_parts(theme)
        self._lay_out()
        self._connect()

    def _make_parts(self, theme: Theme) -> None:
        self.sentences = Sentences("drivers", self)
        self.bar = DriversBar(self)
        self.tornado = TornadoPanel("drivers.tornado_panel", TORNADO_FACE, theme, self)
        self.maps = tuple(
            HeatMapPanel(f"{face.name}_panel", face, theme, self) for face in MAP_FACES
        )

    def _lay_out(self) -> None:
        below = QSplitter(Qt.Orientation.Horizontal, self)
        below.setChildrenCollapsible(False)
        for each in self.maps:
            below.addWidget(each)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.tornado)
        split.addWidget(below)
        split.setStretchFactor(1, 1)
        split.setSizes([TORNADO_HEIGHT, 300])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.sentences)
        column.addWidget(self.bar)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self.document.changed.connect(self._follow)
        self.document.note_selected.connect(self._follow)
        self.document.woke.connect(self._follow)
        self._rest.timeout.connect(self._start)
        self.bar.figure_chosen.connect(self._show)
        self.bar.pressed.connect(self._stop_or_start)
        self.background.reported.connect(self._take)
        self.background.finished.connect(self._end)
        self.background.refused.connect(self._refuse)
        self.opener.finished.connect(self._open)
        self.opener.refused.connect(self._refuse_path)
        self.tornado.tornado.end_opened.connect(self._open_end)
        for place, each in enumerate(self.maps):
            each.map.cell_opened.connect(partial(self._open_cell, place))

    @property
    def shown_charts(self) -> ChartStack:
        """The picture with the keyboard, at first the tornado."""
        return next((each for each in self.maps if each.map.hasFocus()), self.tornado)

    @property
    def panels(self) -> tuple[TornadoPanel | HeatMapPanel, ...]:
        return (self.tornado, *self.maps)

    @property
    def drives(self) -> Drives | None:
        """What was found so far."""
        return self._found

    @property
    def which(self) -> Yield:
        """The figure that is shown."""
        from notemodeler.app.measured import Yield

        return Yield[self.bar.figure]

    def set_theme(self, theme: Theme) -> None:
        for each in self.panels:
            each.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._rest.start(0)

    def _follow(self, _before: object = None, _after: object = None) -> None:
        """Other inputs: what runs is of no use any more, and what is shown is old."""
        if self._of is not None and _same(self._of, self.document):
            return
        self._is_stale = True
        self._of = None
        self.background.cancel()
        self.opener.cancel()
        self._was_stopped = False
        self.bar.show_rest(was_stopped=False)
        self._old = {TORNADO, *MAP_ROWS}
        self._show_ages()
        if self.isVisible():
            self._rest.start(REST_MILLISECONDS)

    def _start(self) -> None:
        if not self.isVisible() or self.document.is_at_rest:
            return
        from notemodeler.app.measured import Measurer
        from notemodeler.app.simulation import Simulation

        self._is_stale = self._was_stopped = False
        results = self.document.results
        self._of = (self.document.project, self.document.note_index)
        _ = results.book  # made here: other views share it
        measurer = Measurer(Simulation(results))
        self._measurer = measurer
        if self._found is None:
            self._say_in_place(WAITING)
        self.bar.show_progress(0.0)
        self.background.start(partial(_simulate, measurer))

    def _stop_or_start(self) -> None:
        if not self.background.is_running:
            self._start()
            return
        self.background.cancel()
        self._was_stopped = True
        self.bar.show_rest(was_stopped=True)
        self._show_ages()
        if self._found is None:
            self._say_in_place("Stopped.")

    def _take(self, told: tuple[Drives, float]) -> None:
        """What is there so far; a picture of before stays, greyed, until there is something in its place."""
        found, fraction = told
        self.bar.show_progress(fraction)
        self._merge(found)
        self._show()

    def _end(self, found: Drives | None) -> None:
        self.bar.show_rest(was_stopped=False)
        if found is not None:
            self._found, self._old = found, set()
            self._show()

    def _merge(self, new: Drives) -> None:
        before = self._found
        if before is None:
            self._found, self._old = new, set()
            return
        tornado, maps = before.tornado, []
        if new.tornado is not None and (new.tornado.bars or tornado is None):
            tornado = new.tornado
            self._old.discard(TORNADO)
        known = {each.row_axis.name: each for each in before.maps}
        for each in new.maps:
            name = each.row_axis.name
            if each.known or name not in known:
                self._old.discard(name)
            maps.append(known[name] if name in self._old else each)
        self._found = replace(new, tornado=tornado, maps=tuple(maps))

    def _refuse(self, refusal: UserError) -> None:
        """The last good picture stays, greyed, under the sentence that says what is lacking."""
        from notemodeler.domain.issues import Issue, Severity

        self.bar.show_rest(was_stopped=False)
        words = " ".join(each for each in (str(refusal), refusal.hint) if each)
        self.sentences.say((), (Issue(Severity.ERROR, words),))
        if self._found is None:
            self._say_in_place(str(refusal))

    def _show_ages(self) -> None:
        """Grey is what belongs to other inputs, and what was stopped before it was whole."""
        unfinished = self._unfinished() if self._was_stopped else set()
        for panel, name in zip(self.panels, (TORNADO, *MAP_ROWS), strict=True):
            panel.view.set_old(name in self._old or name in unfinished)
        self.bar.basis.setEnabled(not self._old)

    def _unfinished(self) -> set[str]:
        found = self._found
        if found is None:
            return set()
        names = {each.row_axis.name for each in found.maps if not each.is_complete}
        whole = found.tornado is not None and found.tornado.is_complete
        return names if whole else names | {TORNADO}

    def _say_in_place(self, words: str) -> None:
        self.tornado.show_rows((), 0.0, "", words)
        for each in self.maps:
            each.show_grid(None, words)

    def _show(self, _index: int = 0) -> None:
        from notemodeler.app.driver_words import basis_words, sentences
        from notemodeler.ui.outlook.driver_pictures import grid_of, tornado_rows

        found, which = self._found, self.which
        if found is None:
            return
        self.sentences.say(sentences(found, which), ())
        basis = basis_words(found)
        self.bar.say(basis)
        words = self.which.label
        if found.tornado is not None:
            self.tornado.set_heading(f"What drives {words}", basis)
            self.tornado.show_rows(*tornado_rows(found.tornado, which), WAITING)
        self._show_ages()
        by_name = {each.row_axis.name: each for each in found.maps}
        for panel, name in zip(self.maps, MAP_ROWS, strict=True):
            one = by_name.get(name)
            panel.setVisible(one is not None)
            if one is not None:
                panel.set_heading(f"{one.title}: {words}", basis)
                panel.show_grid(grid_of(one, which))

    def _open_cell(self, place: int, row: int, column: int) -> None:
        one = next(
            (each for each in self._found.maps if each.row_axis.name == MAP_ROWS[place]), None
        ) if self._found is not None else None  # fmt: skip
        if one is not None and one.row_axis.name not in self._old:
            is_own = (row, column) == one.own
            self._open_variant(one.changes(row, column), "" if is_own else one.words(row, column))

    def _open_end(self, row: int, end: int) -> None:
        if self._found is None or self._found.tornado is None or TORNADO in self._old:
            return
        bar = self._found.tornado.ranked(self.which)[row]
        changes = (bar.low_changes, bar.high_changes)[end]
        words = (bar.low_words, bar.high_words)[end]
        self._open_variant(changes, f"{bar.label.lower()} {words}")

    def _open_variant(self, changes: Changes, words: str) -> None:
        """The middle path of a variant is looked for beside what runs."""
        if self._measurer is not None and not self._is_stale:
            self.bar.say("Looking for the middle path …")
            self.opener.start(partial(_middle_path, self._measurer, changes, words))

    def _open(self, found: tuple[Simulation, Picture, int, str] | None) -> None:
        self._show()
        if found is not None:
            self._show_path(*found)

    def _refuse_path(self, refusal: UserError) -> None:
        self.bar.say(str(refusal))


MAP_ROWS = ("note.conversion.rule.lookback_days", "valuation.share_price")
"""What the rows of the two maps change."""


def _same(of: tuple[Project, int], document: Document) -> bool:
    """Whether nothing changed that the simulation looks at."""
    project, place = of
    kept = all(getattr(project, name) is getattr(document.project, name) for name in INPUTS)
    return kept and place == document.note_index


def _simulate(
    measurer: Measurer, report: Callable[[object], None], cancelled: Callable[[], bool]
) -> Drives | None:
    from notemodeler.app.what_drives import what_drives

    return what_drives(measurer, lambda found, fraction: report((found, fraction)), cancelled)


def _middle_path(
    measurer: Measurer,
    changes: Changes,
    words: str,
    _report: Callable[[object], None],
    cancelled: Callable[[], bool],
) -> tuple[Simulation, Picture, int, str] | None:
    from notemodeler.app.what_drives import middle_path

    return middle_path(measurer, changes, words, cancelled)
