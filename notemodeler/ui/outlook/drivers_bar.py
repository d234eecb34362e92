"""The line over tornado and maps: which figure they show, on what they rest, how far they are, and a stop."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

SWITCH = (
    ("SHARES", "Shares issued"),
    ("COST", "Cost to the company"),
    ("VALUE", "Worth to the holder"),
)
STEPS = 1000


class DriversBar(QWidget):
    """Widgets only: what they say comes from the page."""

    figure_chosen = Signal(int)
    pressed = Signal()
    """The user wants to stop, or to simulate again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switch = QComboBox(self)
        self.switch.setObjectName("drivers.figure")
        self.switch.setAccessibleName("Figure shown")
        self.switch.setToolTip("Which figure the bars and the maps show.")
        for name, words in SWITCH:
            self.switch.addItem(words, name)
        self.basis = QLabel(self)
        self.basis.setObjectName("drivers.basis")
        self.basis.setAccessibleName("On what it rests")
        self.basis.setWordWrap(True)
        self.basis.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar(self)
        self.progress.setObjectName("drivers.progress")
        self.progress.setAccessibleName("Progress of the simulation")
        self.progress.setRange(0, STEPS)
        self.progress.setFixedWidth(140)
        self.stop_button = QPushButton("Stop", self)
        self.stop_button.setObjectName("drivers.stop")
        self.stop_button.setToolTip("Stop the simulation; what is there stays, greyed.")
        self.switch.currentIndexChanged.connect(self.figure_chosen)
        self.stop_button.clicked.connect(lambda: self.pressed.emit())
        self._lay_out()
        self.show_rest(was_stopped=False)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 6, 2)
        row.setSpacing(8)
        label = QLabel("Sho&w", self)
        label.setBuddy(self.switch)
        row.addWidget(label)
        row.addWidget(self.switch)
        row.addWidget(self.basis, 1)
        row.addWidget(self.progress)
        row.addWidget(self.stop_button)

    @property
    def figure(self) -> str:
        """The name of the figure that is shown, of `measured.Yield`."""
        return str(self.switch.currentData())

    def say(self, words: str) -> None:
        """Say on what the figures rest."""
        self.basis.setText(words)
        self.basis.setToolTip(words)

    def show_progress(self, fraction: float) -> None:
        """The simulation runs, and so much of it is done."""
        self.progress.setValue(round(STEPS * fraction))
        self.progress.show()
        self.stop_button.setText("Stop")
        self.stop_button.setToolTip("Stop the simulation; what is there stays, greyed.")
        self.stop_button.show()

    def show_rest(self, *, was_stopped: bool) -> None:
        """Nothing runs; what was stopped can be begun again."""
        self.progress.hide()
        self.stop_button.setText("Simulate again")
        self.stop_button.setToolTip("Simulate from the beginning.")
        self.stop_button.setVisible(was_stopped)
