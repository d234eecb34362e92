"""A stack of charts with its title as a PNG, SVG or PDF picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from notemodeler.ui.charts.frame import TITLE_HEIGHT, small_font
from notemodeler.ui.theme import DARK, LIGHT, Theme

if TYPE_CHECKING:
    from notemodeler.ui.charts.stack import ChartStack

HEADING, MARGIN, GAP = 46, 14, 8
PIXELS_AN_INCH, POINTS_AN_INCH = 96, 72
LARGEST_SCALE = 4


def picture_of(panel: "ChartStack", picture_format: str, scale: int, *, dark: bool) -> bytes:
    """The bytes of a picture file. The charts wear the theme of the picture while it is painted."""
    makers = {"png": _png, "svg": _svg, "pdf": _pdf}
    if picture_format not in makers or not 1 <= scale <= LARGEST_SCALE:
        raise ValueError(f"no picture can be made as {picture_format} at scale {scale}")
    if not panel.isVisible():
        panel.resize(panel.size().expandedTo(panel.sizeHint()))
        panel.grab()  # a hidden widget lays itself out only when it is painted
    theme = DARK if dark else LIGHT
    with _wearing(panel, theme):
        return makers[picture_format](panel, theme, scale)


@contextmanager
def _wearing(panel: "ChartStack", theme: Theme) -> Iterator[None]:
    """The panel in a theme and without the marks of mouse and focus, and afterwards as it was."""
    before = panel.theme
    panel.setUpdatesEnabled(False)
    try:
        for chart in panel.drawings:
            chart.set_printing(True)
        panel.set_theme(theme)
        yield
    finally:
        for chart in panel.drawings:
            chart.set_printing(False)
        panel.set_theme(before)
        panel.setUpdatesEnabled(True)


def _size(panel: "ChartStack") -> QSize:
    wide = max(frame.width() for frame in panel.frames)
    high = sum(frame.height() + GAP for frame in panel.frames) - GAP
    return QSize(wide + 2 * MARGIN, high + HEADING + MARGIN)


def _paint(panel: "ChartStack", painter: QPainter, theme: Theme) -> None:
    size = _size(panel)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(theme.base))
    _paint_heading(panel, painter, theme, size.width())
    top = float(HEADING)
    for chart in panel.drawings:
        frame = chart.frame
        row = QRectF(MARGIN, top, frame.width(), TITLE_HEIGHT)
        frame.paint_title(painter, row, theme)
        painter.save()
        chart.render(painter, QPointF(MARGIN + 1, top + TITLE_HEIGHT))
        painter.restore()
        painter.setPen(QPen(QColor(theme.outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(MARGIN, top, frame.width() - 1, frame.height() - 1))
        top += frame.height() + GAP


def _paint_heading(panel: "ChartStack", painter: QPainter, theme: Theme, wide: int) -> None:
    """What it shows, and where the prices come from: a picture leaves the program."""
    title, source = panel.heading
    font = QFont(panel.font())
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    box = QRectF(MARGIN, 6, wide - 2 * MARGIN, 18)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(small_font(panel.font()))
    painter.setPen(QColor(theme.muted))
    painter.drawText(box.translated(0, 18), Qt.AlignmentFlag.AlignVCenter, source)
    painter.setFont(panel.font())


def _png(panel: "ChartStack", theme: Theme, scale: int) -> bytes:
    image = QImage(_size(panel) * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    _paint(panel, painter, theme)
    painter.end()
    buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes here, Qt takes text
    return bytes(buffer.data().data())


def _svg(panel: "ChartStack", theme: Theme, scale: int) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    size, buffer = _size(panel), _buffer()
    # SVG Tiny has no clipping, which some readers draw wrongly; nothing here needs it.
    writer = QSvgGenerator(QSvgGenerator.SvgVersion.SvgTiny12)
    writer.setOutputDevice(buffer)
    writer.setSize(size)
    writer.setViewBox(QRectF(0, 0, size.width(), size.height()))
    writer.setResolution(PIXELS_AN_INCH)
    writer.setTitle(panel.heading[0])
    writer.setDescription(" ".join(panel.summaries()))
    painter = QPainter(writer)
    _paint(panel, painter, theme)
    painter.end()
    return bytes(buffer.data().data())


def _pdf(panel: "ChartStack", theme: Theme, scale: int) -> bytes:
    size, buffer = _size(panel), _buffer()
    points = QSizeF(size) * POINTS_AN_INCH / PIXELS_AN_INCH
    writer = QPdfWriter(buffer)
    writer.setTitle(panel.heading[0])
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setResolution(PIXELS_AN_INCH)
    painter = QPainter(writer)
    _paint(panel, painter, theme)
    painter.end()
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
