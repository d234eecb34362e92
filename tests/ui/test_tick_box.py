"""A box to tick is seen on light and on dark ground."""

import pytest
from PySide6.QtGui import QColor

from notemodeler.ui.theme import DARK, LIGHT, palette
from notemodeler.ui.tick_box import TickBox

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda each: each.name)
def test_the_edge_of_the_box_is_seen(qtbot, theme):
    box = TickBox("Adjusted for splits")
    qtbot.addWidget(box)
    box.setPalette(palette(theme))
    box.show()
    image = box.grab().toImage()
    middle = image.height() // 2
    ground = QColor(theme.window).lightness()
    apart = [abs(image.pixelColor(x, middle).lightness() - ground) for x in range(4)]
    assert max(apart) > 60
