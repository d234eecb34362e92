"""What the title rows show: chart titles and the samples of their lines, known before any plot exists."""

from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from notemodeler.ui.theme import Theme


class Mark(Enum):
    """How a thing is drawn, so that no one needs its colour to tell it from the others."""

    LINE = auto()
    STRONG_LINE = auto()
    DASHES = auto()
    DOTS = auto()
    DASH_DOTS = auto()
    AREA = auto()
    RING = auto()
    CROSS = auto()
    DIAMOND = auto()


STYLES = {
    Mark.DASHES: Qt.PenStyle.DashLine,
    Mark.DOTS: Qt.PenStyle.DotLine,
    Mark.DASH_DOTS: Qt.PenStyle.DashDotLine,
}
SAMPLE_WIDTH = 18.0


class Entry(NamedTuple):
    """One line of a legend; `role` names the colour of the theme.

    `figure` is the word beside the entry's value in the title row: the sample stands there then.
    """

    label: str
    role: str
    mark: Mark
    figure: str = ""


class Face(NamedTuple):
    """What is known of a chart from the start: object name, title, what it shows, legend, share of the height."""

    name: str
    title: str
    purpose: str
    entries: tuple[Entry, ...]
    stretch: int


EXPLAIN = Face(
    "charts.explain",
    "Conversion price",
    "The prices, the conversion price, and how it is made on the day under the cursor",
    (
        Entry("closing bid", "bid", Mark.LINE, "bid"),
        Entry("conversion price", "conversion", Mark.STRONG_LINE, "conversion"),
        Entry("qualifying", "qualifying", Mark.RING),
        Entry("no quote", "muted", Mark.CROSS),
    ),
    26,
)
SHARES = Face(
    "charts.shares",
    "Shares for the whole balance",
    "The shares that converting the whole balance would take, and their percent of the company",
    (
        Entry("shares", "shares", Mark.STRONG_LINE, "shares"),
        Entry("ownership limit", "limit", Mark.DASHES, "limit"),
        Entry("% of company", "muted", Mark.DASH_DOTS, "of the company"),
    ),
    14,
)
BALANCE = Face(
    "charts.balance",
    "Balance",
    "What is owed: principal, interest and default sum, and what has been converted so far",
    (
        Entry("principal", "bid", Mark.AREA, "principal"),
        Entry("interest", "interest", Mark.AREA, "interest"),
        Entry("default sum", "default", Mark.AREA, "default sum"),
        Entry("converted", "shares", Mark.DASHES),
    ),
    15,
)
FACES = (EXPLAIN, SHARES, BALANCE)


def line_pen(
    theme: Theme, role: str, mark: Mark, ratio: float = 1.0, *, cosmetic: bool = True
) -> QPen:
    """The pen of a line in pixels of a screen that has `ratio` of them to the unit.

    One pixel where that is enough, as wider pens cost several times more.
    """
    pen = QPen(QColor(getattr(theme, role)), ratio * (2 if mark is Mark.STRONG_LINE else 1))
    pen.setCosmetic(cosmetic)
    if mark in STYLES:
        pen.setStyle(STYLES[mark])
    return pen


def tint(theme: Theme, role: str, part: float = 0.22) -> QColor:
    """The colour laid thinly over the base, opaque because blending costs more."""
    top, base = QColor(getattr(theme, role)), QColor(theme.base)
    mixed = [
        round(part * t + (1 - part) * b)
        for t, b in zip(top.getRgb()[:3], base.getRgb()[:3], strict=True)  # type: ignore[index]  # the stubs say object
    ]
    return QColor(*mixed)


def draw_sample(painter: QPainter, box: QRectF, entry: Entry, theme: Theme) -> None:
    """The line, area or sign of an entry inside the box."""
    middle = box.center()
    painter.setPen(line_pen(theme, entry.role, entry.mark, cosmetic=False))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if entry.mark is Mark.AREA:
        painter.fillRect(box.adjusted(2, 3, -2, -3), tint(theme, entry.role))
        painter.drawLine(
            QPointF(box.left() + 2, box.top() + 3), QPointF(box.right() - 2, box.top() + 3)
        )
    elif entry.mark in (Mark.RING, Mark.CROSS, Mark.DIAMOND):
        draw_sign(painter, middle, entry, theme)
    else:
        painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()))


def draw_sign(painter: QPainter, at: QPointF, entry: Entry, theme: Theme) -> None:
    """A ring, a cross or a diamond at a place."""
    colour = QColor(getattr(theme, entry.role))
    painter.setPen(QPen(colour, 1.4))
    if entry.mark is Mark.RING:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 4.5, 4.5)
    elif entry.mark is Mark.CROSS:
        painter.drawLine(at + QPointF(-3, -3), at + QPointF(3, 3))
        painter.drawLine(at + QPointF(-3, 3), at + QPointF(3, -3))
    else:
        painter.setPen(QPen(QColor(theme.base), 1))
        painter.setBrush(colour)
        painter.drawPolygon(
            [at + QPointF(0, -6), at + QPointF(5, 0), at + QPointF(0, 6), at + QPointF(-5, 0)]
        )
