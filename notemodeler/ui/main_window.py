"""The one window: terms left, charts and tables in the middle, the reason right. It only puts parts together."""

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QSplitter,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from notemodeler.app.session import Session
from notemodeler.app.settings import SettingsStore
from notemodeler.ui.actions import ActionRecord, build_action, build_menus
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.document import Document
from notemodeler.ui.export_desk import ExportDesk
from notemodeler.ui.file_desk import FileDesk
from notemodeler.ui.forms.terms_form import TermsForm
from notemodeler.ui.look import Look
from notemodeler.ui.message_bar import MessageBar
from notemodeler.ui.questions import Questions
from notemodeler.ui.recent_menu import RecentMenu
from notemodeler.ui.tables.closures_table import ClosuresTable
from notemodeler.ui.tables.ledger_table import LedgerTable
from notemodeler.ui.tables.price_table import PriceTable
from notemodeler.ui.tables.schedule_table import ScheduleTable
from notemodeler.ui.tables.share_counts import ShareCountTable
from notemodeler.ui.theme import Theme
from notemodeler.ui.why_card import WhyCard
from notemodeler.ui.window_actions import window_actions

SIZES = {"main": (360, 620, 340), "centre": (460, 260)}


class MainWindow(QMainWindow):
    """Puts the parts together and passes on what concerns the window as a whole."""

    def __init__(self, document: Document, session: Session, settings: SettingsStore, look: Look) -> None:
        super().__init__()
        self.document = document
        self.settings = settings
        self.look = look
        theme = look.theme
        self.bar = MessageBar(theme, self)
        self.remark = QLabel(self)
        self.form = TermsForm(document, theme, parent=self)
        self.charts = ChartPanel(document, theme, parent=self)
        self.why = WhyCard(document, theme, parent=self)
        self.prices = PriceTable(document, theme, parent=self)
        self.ledger = LedgerTable(document, theme, parent=self)
        self.schedule = ScheduleTable(document, theme, parent=self)
        self.share_counts = ShareCountTable(document, theme, parent=self)
        self.closures = ClosuresTable(document, theme, parent=self)
        self.files = FileDesk(document, session, Questions(self), self.bar, self)
        self.exports = ExportDesk(document, self.files, self.charts, self.schedule, self)
        self._lay_out()
        self.actions_by_id = self._build_actions()
        self._connect()
        self.setAcceptDrops(True)
        self._restore()
        self._show_document()

    @property
    def themed(self) -> tuple[MessageBar | TermsForm | ChartPanel | WhyCard | QWidget, ...]:
        """The parts that paint with colours of the theme."""
        return (
            self.bar, self.form, self.charts, self.why, self.prices, self.ledger, self.schedule,
            self.share_counts, self.closures,
        )  # fmt: skip

    def fill(self) -> None:
        """Bring in what the first paint did not wait for: the charts."""
        self.charts.fill()

    def _lay_out(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("tables")
        self.tabs.setAccessibleName("Tables")
        self.tabs.setDocumentMode(True)
        for table, words in (
            (self.prices, "&Prices"),
            (self.ledger, "&Ledger"),
            (self.schedule, "S&chedule"),
            (self.share_counts, "Shares &outstanding"),
            (self.closures, "&Market closures"),
        ):
            self.tabs.addTab(table, words)
        self.centre = self._splitter("centre", Qt.Orientation.Vertical, self.charts, self.tabs)
        self.main = self._splitter("main", Qt.Orientation.Horizontal, self.form, self.centre, self.why)
        self.main.setStretchFactor(1, 1)
        self.centre.setStretchFactor(0, 1)
        self.remark.setObjectName("remark")
        self.remark.setWordWrap(True)
        self.remark.setContentsMargins(12, 5, 12, 5)
        self.remark.setAutoFillBackground(True)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self.remark, self.main):
            column.addWidget(part)
        column.setStretchFactor(self.main, 1)
        self.setCentralWidget(body)
        self.resize(1320, 840)

    def _splitter(self, name: str, orientation: Qt.Orientation, *parts: QWidget) -> QSplitter:
        splitter = QSplitter(orientation, self)
        splitter.setObjectName(name)
        splitter.setChildrenCollapsible(False)
        for part in parts:
            splitter.addWidget(part)
        splitter.setSizes(list(self.settings.settings.splitters.get(name, SIZES[name])))
        return splitter

    def _build_actions(self) -> dict[str, QAction]:
        self.records: tuple[ActionRecord, ...] = window_actions(self)
        made = {record.id: build_action(record, self) for record in self.records}
        self.menus = build_menus(self, self.records, made)
        file_menu = self.menus["&File"]
        self.recent = RecentMenu(self.files, file_menu)
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
        self.look.theme_changed.connect(self._set_theme)
        self.form.help_wanted.connect(self.show_help)
        self._name_undo()

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
        title = f"{self.files.session.title}[*] — Note Modeler"
        if title != self.windowTitle():
            self.setWindowTitle(title)
        remark = self.document.project.remark
        if remark != self.remark.text():
            self.remark.setText(remark)
        self.remark.setVisible(bool(remark))

    def _set_theme(self, theme: Theme) -> None:
        for part in self.themed:
            part.set_theme(theme)  # type: ignore[union-attr]  # every table has it through its base
        self._shade_remark()

    def _shade_remark(self) -> None:
        from PySide6.QtGui import QColor, QPalette

        shade = self.remark.palette()
        shade.setColor(QPalette.ColorRole.Window, QColor(self.look.theme.warning_shade))
        shade.setColor(QPalette.ColorRole.WindowText, QColor(self.look.theme.text))
        self.remark.setPalette(shade)

    def _restore(self) -> None:
        self._shade_remark()
        held = self.settings.settings.window_geometry
        if held:
            self.restoreGeometry(QByteArray.fromBase64(held.encode("ascii", "ignore")))

    def remember(self) -> None:
        """Keep size, place and the widths of the parts for the next start."""
        from dataclasses import replace

        geometry = self.saveGeometry().toBase64().toStdString()
        splitters = {each.objectName(): tuple(each.sizes()) for each in (self.main, self.centre)}
        self.settings.change(
            lambda known: replace(known, window_geometry=geometry, splitters=splitters, theme=self.look.choice)
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
