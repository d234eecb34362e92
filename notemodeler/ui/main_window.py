"""The one window: notes and terms left, a view in the middle, the reason right. It only puts parts together."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QToolBar, QVBoxLayout, QWidget

from notemodeler.app.sample import SAMPLE_NAME
from notemodeler.ui.actions import ActionRecord, build_action, build_menus, tie_alternatives
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.document import Document
from notemodeler.ui.forms.terms_form import TermsForm
from notemodeler.ui.look import Look
from notemodeler.ui.message_bar import MessageBar
from notemodeler.ui.note_list import NoteList
from notemodeler.ui.recent_menu import RecentMenu
from notemodeler.ui.remark_bar import RemarkBar
from notemodeler.ui.table_tabs import TableTabs
from notemodeler.ui.theme import Theme
from notemodeler.ui.views import VIEWS, ViewTabs
from notemodeler.ui.why_card import WhyCard
from notemodeler.ui.window_actions import window_actions
from notemodeler.ui.worth.fair_card import FairCard

if TYPE_CHECKING:
    from notemodeler.app.session import Session
    from notemodeler.app.settings import SettingsStore
    from notemodeler.ui.charts.stack import ChartStack
    from notemodeler.ui.export_desk import ExportDesk
    from notemodeler.ui.file_desk import FileDesk
    from notemodeler.ui.note_list_desk import NoteDesk
    from notemodeler.ui.tables.closures_table import ClosuresTable
    from notemodeler.ui.tables.ledger_table import LedgerTable
    from notemodeler.ui.tables.price_table import PriceTable
    from notemodeler.ui.tables.schedule_table import ScheduleTable
    from notemodeler.ui.tables.share_counts import ShareCountTable

SIZES = {"main": (385, 1045), "left": (260, 560), "note": (700, 345), "centre": (460, 260),
         "right": (560, 230)}  # fmt: skip
NEW_NOTE_BEGINS = "note.title"
LIST_PART = 0.45
"""The part of the left column that the list of notes takes at most by itself."""


class MainWindow(QMainWindow):
    """Puts the parts together and passes on what concerns the window as a whole.

    Only what the first paint shows is made at once; the desks and the hidden tables come when they
    are first asked for.
    """

    def __init__(
        self,
        document: Document,
        begin_session: Callable[[], Session],
        settings: SettingsStore,
        look: Look,
    ) -> None:
        super().__init__()
        self.document = document
        self.settings = settings
        self.look = look
        self._begin_session = begin_session
        theme = look.theme
        self.bar = MessageBar(theme, self)
        self.remark = RemarkBar(theme, self)
        # The first to hear of an edit: finer values under way end before the other parts need the machine.
        self.worth = FairCard(document, theme, parent=self)
        self.notes = NoteList(document, theme, parent=self)
        self.form = TermsForm(document, theme, parent=self)
        self.charts = ChartPanel(document, theme, parent=self)
        self.tabs = TableTabs(document, theme, parent=self)
        self.why = WhyCard(document, theme, parent=self)
        self._lay_out()
        self.actions_by_id = self._build_actions()
        self._connect()
        self.setAcceptDrops(True)
        self._restore()
        self._show_title(SAMPLE_NAME)
        self._show_remark()
        self.charts.setFocus()

    @cached_property
    def files(self) -> FileDesk:
        """New, Open, Save and their kin."""
        from notemodeler.ui.file_desk import FileDesk
        from notemodeler.ui.questions import Questions

        desk = FileDesk(self.document, self._begin_session(), Questions(self), self.bar, self)
        desk.renamed.connect(self._show_title)
        return desk

    @cached_property
    def exports(self) -> ExportDesk:
        """What leaves the window, and price files that come in."""
        from notemodeler.ui.export_desk import ExportDesk

        return ExportDesk(self.document, self.files, self.charts, self.tabs, self)

    @cached_property
    def notes_desk(self) -> NoteDesk:
        """Notes that come, go and change places."""
        from notemodeler.ui.note_list_desk import NoteDesk

        desk = NoteDesk(self.document, self.bar, self)
        desk.made.connect(lambda: self.form.focus_field(NEW_NOTE_BEGINS))
        return desk

    @property
    def prices(self) -> PriceTable:
        return self.tabs.prices

    @property
    def ledger(self) -> LedgerTable:
        return self.tabs.ledger

    @property
    def schedule(self) -> ScheduleTable:
        return self.tabs.schedule

    @property
    def share_counts(self) -> ShareCountTable:
        return self.tabs.share_counts

    @property
    def closures(self) -> ClosuresTable:
        return self.tabs.closures

    def fill(self) -> None:
        """Bring in what the first paint did not wait for: the charts, then what else follows from the terms."""
        self.charts.fill()
        self.document.wake()

    def _lay_out(self) -> None:
        self.centre = self._splitter("centre", Qt.Orientation.Vertical, self.charts, self.tabs)
        self.right = self._splitter("right", Qt.Orientation.Vertical, self.why, self.worth)
        self.note_view = self._splitter("note", Qt.Orientation.Horizontal, self.centre, self.right)
        self.left = self._splitter("left", Qt.Orientation.Vertical, self.notes, self.form)
        self.views = ViewTabs(self.document, self.look.theme, self.note_view, parent=self)
        self.main = self._splitter("main", Qt.Orientation.Horizontal, self.left, self.views)
        for splitter, stretched in (
            (self.main, 1), (self.left, 1), (self.note_view, 0), (self.centre, 0), (self.right, 0)
        ):  # fmt: skip
            splitter.setStretchFactor(stretched, 1)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self.remark, self.main):
            column.addWidget(part)
        column.setStretchFactor(self.main, 1)
        self.setCentralWidget(body)
        room = self.screen().availableSize()
        self.resize(min(1440, int(room.width() * 0.94)), min(900, int(room.height() * 0.92)))

    def _splitter(self, name: str, orientation: Qt.Orientation, *parts: QWidget) -> QSplitter:
        splitter = QSplitter(orientation, self)
        splitter.setObjectName(name)
        splitter.setChildrenCollapsible(False)
        for part in parts:
            splitter.addWidget(part)
        known = self.settings.settings.splitters.get(name, ())
        splitter.setSizes(list(known if len(known) == len(parts) else SIZES[name]))
        return splitter

    def _build_actions(self) -> dict[str, QAction]:
        self.records: tuple[ActionRecord, ...] = window_actions(self)
        made = {record.id: build_action(record, self) for record in self.records}
        tie_alternatives(self, self.records, made)
        made[f"theme_{self.look.choice.value}"].setChecked(True)
        made[f"view_{self.views.shown}"].setChecked(True)
        self.menus = build_menus(self, self.records, made)
        file_menu = self.menus["&File"]
        self.recent = RecentMenu(lambda: self.files, file_menu)
        file_menu.insertMenu(made["open_sample"], self.recent)
        bar = QToolBar("Tool bar", self)
        bar.setObjectName("tool_bar")
        bar.setMovable(False)
        for record in self.records:
            if record.in_tool_bar:
                if record.separator_before:
                    bar.addSeparator()
                bar.addAction(made[record.id])
        self.addToolBar(bar)
        return made

    def _connect(self) -> None:
        stack = self.document.undo_stack
        stack.cleanChanged.connect(lambda clean: self.setWindowModified(not clean))
        stack.indexChanged.connect(self._name_undo)
        self.document.changed.connect(self._show_document)
        self.notes.menu_actions = self._note_menu
        self.notes.chosen.connect(self.form.setFocus)
        self.notes.remove_wanted.connect(lambda: self.notes_desk.remove())
        self.notes.grown.connect(self._make_room_for_notes)
        self.views.currentChanged.connect(
            lambda place: self.actions_by_id[f"view_{VIEWS[place].name}"].setChecked(True)
        )
        self.look.theme_changed.connect(self._set_theme)
        self.form.help_wanted.connect(self.show_help)
        self.form.issue_elsewhere.connect(lambda issue: self.show_view("note"))
        self.form.issue_elsewhere.connect(self.tabs.show_issue)
        self.charts.save_requested.connect(lambda kind: self.exports.picture(kind))
        self.views.picture_wanted.connect(lambda charts, kind: self.exports.picture(kind, charts))
        self.views.field_wanted.connect(self.form.focus_field)
        self.prices.import_wanted.connect(lambda: self.exports.import_prices())
        self.prices.preview_wanted.connect(lambda *paste: self.exports.preview_text(*paste))
        self._name_undo()

    @property
    def shown_charts(self) -> ChartStack:
        """The charts in sight, or the note's own where there are none."""
        return self.views.shown_charts or self.charts

    def show_view(self, name: str) -> None:
        """Bring a view to the front by its name in `VIEWS`."""
        self.views.show_view(name)

    def _note_menu(self) -> list[QAction | None]:
        """The lines of the Note menu, None for a gap."""
        found: list[QAction | None] = []
        for record in self.records:
            if record.menu == "&Note":
                found += [None] if record.separator_before else []
                found.append(self.actions_by_id[record.id])
        return found

    def _make_room_for_notes(self) -> None:
        """As high as the list needs, unless the terms would have less than their part."""
        high = self.left.height()
        wanted = min(self.notes.sizeHint().height(), int(high * LIST_PART))
        self.left.setSizes([wanted, high - wanted])

    def show_help(self, topic: str = "") -> None:
        from notemodeler.ui.help_window import show_help

        show_help(self, topic)

    def _name_undo(self) -> None:
        stack = self.document.undo_stack
        for name, can, text in (
            ("undo", stack.canUndo(), stack.undoText()),
            ("redo", stack.canRedo(), stack.redoText()),
        ):
            action = self.actions_by_id[name]
            words = f"{text[:1].lower()}{text[1:]}" if text else ""
            action.setText(f"&{name.capitalize()} {words}".rstrip())
            action.setIconText(name.capitalize())
            action.setEnabled(can)

    def _show_document(self) -> None:
        self._show_title(self.files.session.title)
        self._show_remark()

    def _show_title(self, name: str) -> None:
        title = f"{name}[*] — Note Modeler"
        if title != self.windowTitle():
            self.setWindowTitle(title)

    def _show_remark(self) -> None:
        self.remark.say(self.document.project.remark)

    def _set_theme(self, theme: Theme) -> None:
        for part in (
            self.bar, self.remark, self.notes, self.form, self.charts, self.tabs, self.why, self.worth,
            self.views,
        ):  # fmt: skip
            part.set_theme(theme)

    def _restore(self) -> None:
        held = self.settings.settings.window_geometry
        if held:
            self.restoreGeometry(QByteArray.fromBase64(held.encode("ascii", "ignore")))

    def remember(self) -> None:
        """Keep size, place and the widths of the parts for the next start."""
        from dataclasses import replace

        geometry = self.saveGeometry().toBase64().toStdString()
        parts = (self.main, self.note_view, self.centre, self.right)
        splitters = {each.objectName(): tuple(each.sizes()) for each in parts}
        self.settings.change(
            lambda known: replace(
                known, window_geometry=geometry, splitters=splitters, theme=self.look.choice
            )
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        try:
            may_close = self.files.may_leave()
        except Exception:
            event.ignore()
            raise
        if not may_close:
            event.ignore()
            return
        self.document.closing.emit()
        self.remember()
        self.files.session.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take_file(paths[0])

    def take_file(self, path: Path) -> None:
        """Open a document, or show what a price file holds, as the name says."""
        if path.suffix.lower() == ".note":
            self.files.open(path)
        else:
            self.exports.preview_prices(path)
