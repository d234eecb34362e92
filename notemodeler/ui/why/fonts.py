"""The sizes of type on the why-card, with figures of one width."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

SIZES = {"body": 1.0, "strong": 1.0, "large": 1.15, "huge": 1.6}
WRAP = Qt.TextFlag.TextWordWrap.value
MOST_KEPT = 1000
BOLD = ("strong", "large", "huge")


class Fonts:
    """Fonts and their metrics by name: body, strong, large, huge."""

    def __init__(self, base: QFont) -> None:
        self.of = {name: tabular(base, size, name in BOLD) for name, size in SIZES.items()}
        self.metrics = {name: QFontMetrics(font) for name, font in self.of.items()}
        self._heights: dict[tuple[str, str, int], int] = {}

    def wrapped_height(self, text: str, font: str, width: int) -> int:
        """The height of a text broken into lines; kept, because most texts stay from day to day."""
        key = (text, font, width)
        if key not in self._heights:
            if len(self._heights) >= MOST_KEPT:
                self._heights.clear()
            room = QRect(0, 0, width, 10_000)
            self._heights[key] = self.metrics[font].boundingRect(room, WRAP, text).height()
        return self._heights[key]


def tabular(base: QFont, size: float, bold: bool) -> QFont:
    """The font at so many times its size, its figures all of one width."""
    font = QFont(base)
    if font.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * size)
    else:
        font.setPixelSize(round(base.pixelSize() * size))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
