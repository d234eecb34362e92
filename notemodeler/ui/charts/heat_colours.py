"""The colours of a map: an even scale from dark blue to yellow, and the ink that is read on each."""

from PySide6.QtGui import QColor

CIVIDIS = (
    "#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369", "#e1cc55",
    "#fee838",
)  # fmt: skip
"""Equal steps look equal, to the colour-blind too (Nunez, Anderton and Renslow 2018)."""


def ramp(part: float) -> QColor:
    """The colour of a part of the scale, between neighbours mixed."""
    at = max(0.0, min(1.0, part)) * (len(CIVIDIS) - 1)
    low = min(int(at), len(CIVIDIS) - 2)
    one, other, rest = QColor(CIVIDIS[low]), QColor(CIVIDIS[low + 1]), at - low
    pairs = zip(_channels(one), _channels(other), strict=True)
    return QColor(*(round(a + (b - a) * rest) for a, b in pairs))


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever is read better on a colour."""
    return QColor("#000000" if luminance(colour) > 0.179 else "#ffffff")


def luminance(colour: QColor) -> float:
    """The relative luminance of WCAG 2."""
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (each / 255 for each in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
