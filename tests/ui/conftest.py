"""The sample in a document, and its charts in a panel of a fixed size."""

import pytest

from notemodeler.app.sample import ascent_project
from notemodeler.ui.charts.panel import ChartPanel
from notemodeler.ui.document import Document
from notemodeler.ui.theme import LIGHT


@pytest.fixture
def document():
    return Document(ascent_project())


@pytest.fixture
def panel(qtbot, document):
    made = ChartPanel(document, LIGHT)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    qtbot.waitExposed(made)
    made.fill()
    return made
