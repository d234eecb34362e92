"""The live card of the note view: what note and right are worth, at every keystroke, then finer."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import UserError
from notemodeler.ui.document import Document
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from datetime import date

    from notemodeler.app.valuation import Valuations
    from notemodeler.app.valuation_text import WorthCard
    from notemodeler.engines.valuation.worth import FairValue
    from notemodeler.ui.background import Background, Cancelled, Report, Work
    from notemodeler.ui.worth.card_parts import CardParts

SETTLE_MILLISECONDS = 40
IN_FRAME_SECONDS, LIVE_SECONDS = 0.004, 0.012
"""A value that takes no longer than the first is part of the frame of its keystroke; up to the second it
follows right after that frame; what takes longer comes from the background once the edits rest."""
SLOW_IN_A_ROW = 2
"""After so many live values that did not fit into their frame, coarser ones are taken."""
PATIENCE = 0.8
"""Each time that it was left out, the next try is nearer."""
VALUATION_DATE = "valuation.valuation_date"
REFINING, WORKING = "refining…", "working…"


class FairCard(QWidget):
    """Empty until the document wakes; it rests while it is hidden."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fair_value")
        self.setAccessibleName("Fair value")
        self.document = document
        self.theme = theme
        self.is_stale = True
        self.live_seconds = 0.0
        self._slow = 0
        self.found: FairValue | None = None
        """The value in sight, None where there is none."""
        self._parts: CardParts | None = None
        self._background: Background | None = None
        self._refusal: UserError | None = None
        self._status, self._is_sharpening, self._is_old = "", False, False
        self._after_frame = self._timer(0, self._show_live)
        self._settled = self._timer(SETTLE_MILLISECONDS, self._refine)
        document.changed.connect(self.follow)
        document.note_selected.connect(self._follow_note)
        document.woke.connect(self.follow_soon)
        document.cursor_moved.connect(self._show_cursor)
        document.closing.connect(self._rest)

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    @property
    def parts(self) -> CardParts:
        """The widgets of the card; made when they are first wanted."""
        if self._parts is None:
            from notemodeler.ui.worth.card_parts import CardParts

            self._parts = parts = CardParts(self.theme, self)
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(parts)
            parts.area.resized.connect(self._paint)
            parts.sheet.copy_asked.connect(self.copy)
            parts.copy_button.clicked.connect(self.copy)
            parts.sharpen_button.clicked.connect(self.sharpen_or_stop)
            parts.day_button.clicked.connect(self.value_on_cursor_day)
            parts.show()
        return self._parts

    @property
    def background(self) -> Background:
        """What works out the finer values."""
        if self._background is None:
            from notemodeler.ui.background import Background

            self._background = made = Background(self.document, self)
            made.reported.connect(self._tell_part)
            made.finished.connect(self._take_finer)
            made.refused.connect(self._refuse)
        return self._background

    # When something changes.

    def follow(self, _before: object = None, _after: object = None) -> None:
        """Show the value anew: in the frame of the edit if there is time, else right after it."""
        self.is_stale = True
        self._settled.stop()
        if not self.isVisible() or self.document.is_at_rest:
            self._rest()
        elif self.live_seconds <= IN_FRAME_SECONDS and self._parts is not None:
            self._show_live()
        else:
            self.follow_soon()

    def follow_soon(self) -> None:
        """Show the value once the window has painted what else there is."""
        if self.isVisible() and not self.document.is_at_rest:
            self._after_frame.start()

    def _follow_note(self) -> None:
        """The figures of another note are not kept in sight while those of this one are worked out."""
        self.found, self._refusal = None, None
        self._slow, self.live_seconds = 0, 2 * IN_FRAME_SECONDS
        self.follow()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # named so that its class need not be imported
        if self.is_stale:
            self.follow_soon()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]  # named so that its class need not be imported
        self._rest()

    def _rest(self) -> None:
        """Nothing is worked out for a card that nobody sees."""
        self._after_frame.stop()
        self._settled.stop()
        if self._parts is not None and self.background.is_running:
            self.background.cancel()
            self.is_stale = True

    # What it is worth.

    def _valuations(self) -> Valuations:
        from notemodeler.app.valuation import Valuations

        results = self.document.results
        _ = results.book  # worked out in the window's thread, once for all
        return Valuations(results)

    @property
    def day(self) -> date:
        """The day of the value: the valuation date, else that of the last price."""
        return self._valuations().default_date

    def _show_live(self) -> None:
        if not self.is_stale or not self.isVisible():
            return
        self.is_stale = self._is_sharpening = False
        self.background.cancel()
        self._status, self._refusal = REFINING, None
        if self.live_seconds > LIVE_SECONDS:
            self.live_seconds *= PATIENCE
            self._paint()
        else:
            self._try_live()
        if self._refusal is None:
            self._settled.start()

    def _try_live(self) -> None:
        from notemodeler.engines.valuation.fineness import AT_ONCE, LIVE

        valuations = self._valuations()
        points = LIVE if self._slow < SLOW_IN_A_ROW else AT_ONCE
        began = perf_counter()
        try:
            found = valuations.live(valuations.default_date, points)
        except UserError as refusal:
            self._refuse(refusal)
            return
        self.live_seconds = perf_counter() - began
        if points == LIVE:
            self._slow = self._slow + 1 if self.live_seconds > IN_FRAME_SECONDS else 0
        self._take(found)

    def _refine(self) -> None:
        from notemodeler.engines.valuation.fineness import BACKGROUND

        if self.isVisible():
            self.background.start(self._work(BACKGROUND))

    def _work(self, points: int) -> Work:
        valuations = self._valuations()
        on = valuations.default_date

        def work(report: Report, cancelled: Cancelled) -> FairValue:
            return valuations.answer(on, points, cancelled, report)

        return work

    def _take(self, found: FairValue) -> None:
        """Show a value; one that is still to come leaves the last one in sight."""
        from notemodeler.engines.valuation.worth import Engine

        self._refusal = None
        self._is_old = found.note is None and found.engine is Engine.SIMULATION
        if self._is_old:
            self._status = WORKING
        else:
            self.found = found
            if found.note is None:
                self._status = ""
        self._paint()

    def _take_finer(self, found: FairValue) -> None:
        self._status, self._is_sharpening = "", False
        self._take(found)

    def _refuse(self, refusal: UserError) -> None:
        """A day that cannot be valued: its sentence in place of the figures."""
        self.found, self._refusal = None, refusal
        self._status, self._is_sharpening = "", False
        self._paint()

    @property
    def card(self) -> WorthCard:
        """What the card says."""
        from notemodeler.app.valuation_text import worth_card
        from notemodeler.domain.issues import Issue, Severity

        made = worth_card(self.found, self._status)
        if self._refusal is None:
            return made
        text = f"{self._refusal.sentence} {self._refusal.hint}".strip()
        return made._replace(issues=(Issue(Severity.ERROR, text),))

    def _tell_part(self, part: float) -> None:
        if self._is_sharpening:
            self._status = f"sharpening… {part:.0%}"
            self._paint()

    # What the user asks for.

    def sharpen_or_stop(self) -> None:
        """Work the value out as finely as the machine can, or stop doing so."""
        from notemodeler.engines.valuation.fineness import ON_REQUEST

        if self._is_sharpening:
            self.background.cancel()
            self._status, self._is_sharpening = "", False
        else:
            self._settled.stop()
            self._status, self._is_sharpening = "sharpening…", True
            self.background.start(self._work(ON_REQUEST))
        self._paint()

    def value_on_cursor_day(self) -> None:
        """Make the day under the cursor the valuation date, in one undo step."""
        day = self.document.cursor_day
        words = f"Change valuation date to {show_date(day)}"
        self.document.edit_field(VALUATION_DATE, day, words)

    @property
    def text(self) -> str:
        """The card in words."""
        from notemodeler.app.valuation_text import card_text

        return card_text(self.card)

    def copy(self) -> None:
        """Put the card on the clipboard, as text and as HTML."""
        from notemodeler.app.valuation_text import card_html

        data = QMimeData()
        data.setText(self.text)
        data.setHtml(card_html(self.card))
        QGuiApplication.clipboard().setMimeData(data)

    # What is seen.

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme's colours."""
        self.theme = theme
        if self._parts is not None:
            self._parts.set_theme(theme)

    def _paint(self) -> None:
        from notemodeler.app.valuation_text import card_text

        parts, card = self.parts, self.card
        parts.sheet.show_card(card, parts.area.viewport().size(), is_old=self._is_old)
        parts.say(card, is_sharpening=self._is_sharpening)
        parts.sheet.setAccessibleDescription(card_text(card))
        self._show_cursor()

    def _show_cursor(self, _day: object = None) -> None:
        if self._parts is not None and self.isVisible() and not self.document.is_at_rest:
            shown = self.found.on if self.found is not None else None
            self._parts.offer(self.document.cursor_day, shown)
