"""The slim row over the price table: which series, where it comes from, and what can be done with the rows."""

import dataclasses
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QToolButton,
    QWidget,
)

from notemodeler.domain.numbers import Unreadable
from notemodeler.domain.prices import PriceKind, PriceSeries
from notemodeler.domain.terms import fields_of
from notemodeler.ui.document import Document
from notemodeler.ui.tables.price_model import PriceModel
from notemodeler.ui.tick_box import TickBox

TERMS = {field.leaf: field.term for field in fields_of(PriceSeries, "prices")}
Deed = tuple[str, str, str, Callable[[], None]]


class PriceTools(QWidget):
    """Edits the kind and the source of the series shown; the buttons call the table."""

    def __init__(
        self, document: Document, model: PriceModel, deeds: tuple[Deed, ...], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self.series = self._combo(
            "prices.shown", "Series shown", "Which of the price series the table shows."
        )
        self.kind = self._combo("prices.kind", TERMS["kind"].label, TERMS["kind"].help)
        self.kind.addItems([kind.label for kind in PriceKind])
        self.source = QLineEdit(self)
        self.source.setObjectName("prices.source")
        self.source.setAccessibleName(TERMS["source"].label)
        self.source.setPlaceholderText(TERMS["source"].label)
        self.source.setToolTip(TERMS["source"].help)
        self.source.setMinimumWidth(52)
        self.adjusted: TickBox | None = None
        self.buttons = [self._button(*deed) for deed in deeds]
        for button in self.buttons[1:]:
            button.hide()  # until there is room for them
        self.more = self._more_button(deeds[1:])
        self.find_date = self._find_field()
        self._lay_out()
        self.series.activated.connect(self._show_series)
        self.kind.activated.connect(self._change_kind)
        self.source.editingFinished.connect(self._change_source)
        self.refresh()

    def _combo(self, name: str, label: str, help_text: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setAccessibleName(label)
        combo.setToolTip(help_text)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return combo

    def _button(
        self, name: str, text: str, help_text: str, deed: Callable[[], None]
    ) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"prices.{name}")
        button.setText(text)
        button.setAccessibleName(text.replace("&", ""))
        button.setToolTip(help_text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: deed())
        return button

    def _more_button(self, deeds: tuple[Deed, ...]) -> QToolButton:
        """What the buttons shrink to where the window is narrow."""

        def open_menu() -> None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for _, text, help_text, deed in deeds:
                action = menu.addAction(text)
                action.setToolTip(help_text)
                action.triggered.connect(lambda _=False, deed=deed: deed())
            menu.popup(more.mapToGlobal(more.rect().bottomLeft()))

        more = self._button("rows", "Rows ▾", "Paste, insert, delete or fill rows.", open_menu)
        return more

    def _find_field(self) -> QLineEdit:
        find = QLineEdit(self)
        find.setObjectName("prices.find_date")
        find.setAccessibleName("Go to date")
        find.setPlaceholderText("Go to date")
        find.setToolTip("Type a date and press Enter: the table and the charts go to that day.")
        find.setFixedWidth(find.fontMetrics().horizontalAdvance("0") * 13)
        find.returnPressed.connect(self._go_to_date)
        return find

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 3, 4, 3)
        row.setSpacing(4)
        for widget in (self.series, self.kind):
            row.addWidget(widget)
        row.addWidget(self.source, 1)
        for button in (*self.buttons, self.more):
            row.addWidget(button)
        row.addWidget(self.find_date)

    def _ask_of_splits(self) -> None:
        """Whether the prices are restated already is asked once there is a split to restate them for."""
        if self.adjusted is None and self._document.project.issuer.splits:
            term = TERMS["is_split_adjusted"]
            self.adjusted = TickBox(term.label, self)
            self.adjusted.setObjectName("prices.is_split_adjusted")
            self.adjusted.setToolTip(term.help)
            self.adjusted.clicked.connect(self._change_adjusted)
            layout = self.layout()
            assert isinstance(layout, QHBoxLayout)
            layout.insertWidget(layout.indexOf(self.source), self.adjusted)
            QWidget.setTabOrder(self.kind, self.adjusted)
        if self.adjusted is not None:
            self.adjusted.setVisible(bool(self._document.project.issuer.splits))
            with QSignalBlocker(self.adjusted):
                self.adjusted.setChecked(self._model.series.is_split_adjusted)

    def _change_adjusted(self, adjusted: bool) -> None:
        words = "adjusted for splits" if adjusted else "as quoted on their day"
        self._edit(f"Take the prices as {words.removeprefix('as ')}", is_split_adjusted=adjusted)

    def minimumSizeHint(self) -> QSize:
        """Room for everything with the row buttons in their menu."""
        width = self._width_of_the_rest() + self.more.sizeHint().width()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        _, paste, *row_deeds = self.buttons
        room_for_paste = paste.sizeHint().width() + 4
        needed = sum(button.sizeHint().width() + 4 for button in row_deeds) + room_for_paste
        spare = event.size().width() - self._width_of_the_rest()
        roomy = spare - 60 >= needed
        for button in row_deeds:
            button.setVisible(roomy)
        paste.setVisible(roomy or spare >= self.more.sizeHint().width() + room_for_paste)
        self.more.setVisible(not roomy)

    def _width_of_the_rest(self) -> int:
        always: list[QWidget] = [self.kind, self.buttons[0], self.find_date]
        asked = (self.series, self.adjusted)
        shown = [each for each in asked if each is not None and not each.isHidden()]
        return sum(each.sizeHint().width() + 4 for each in (*always, *shown)) + 68

    def refresh(self) -> None:
        """Show the series of the document."""
        prices, series = self._document.project.prices, self._model.series
        blockers = [QSignalBlocker(each) for each in (self.series, self.kind, self.source)]
        labels = [f"{each.kind.label} · {len(each.bars):,}" for each in prices]
        if labels != [self.series.itemText(place) for place in range(self.series.count())]:
            self.series.clear()
            self.series.addItems(labels)
        self.series.setCurrentIndex(self._model.shown_place)
        self.series.setVisible(len(prices) > 1)
        self.kind.setCurrentIndex(list(PriceKind).index(series.kind))
        if self.source.text() != series.source:
            self.source.setText(series.source)
            self.source.setCursorPosition(0)
        del blockers
        self._ask_of_splits()

    def _show_series(self, place: int) -> None:
        self._model.show_series(place)
        self.refresh()

    def _change_kind(self, place: int) -> None:
        kind = list(PriceKind)[place]
        self._edit(f"Change series to {kind.label}", kind=kind)

    def _change_source(self) -> None:
        try:
            source = TERMS["source"].kind.read(self.source.text())
        except Unreadable as error:
            self._model.said.emit(str(error), True)
            return
        self._edit("Change source of the prices", source=source)

    def _edit(self, sentence: str, **facts: object) -> None:
        series = dataclasses.replace(self._model.series, **facts)  # type: ignore[arg-type]  # a fact of a series
        project = self._document.project.with_series(series, self._model.shown_place)
        self._document.edit(project, sentence)

    def _go_to_date(self) -> None:
        try:
            day: date = self._model.read(0, self.find_date.text())
        except Unreadable as error:
            self._model.said.emit(str(error), True)
            return
        self._model.say("")
        calendar = self._document.results.market.calendar
        if calendar.first <= day < calendar.last:
            day = calendar.shifted(day, 0)
        if self._model.row_of(day) is None:
            first, last = self._model.rows.days[0], self._model.rows.days[-1]
            show = self._model.columns[0].show
            self._model.said.emit(f"The table runs from {show(first)} to {show(last)}.", True)
            return
        self._document.move_cursor(day)
        self.find_date.selectAll()
