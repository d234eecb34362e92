"""What the three charts of a note have in common: they show its results and the quote of the cursor day."""

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from notemodeler.app.results import Results
from notemodeler.engines.quote import Quote
from notemodeler.ui.charts.desk import Desk
from notemodeler.ui.charts.frame import ChartFrame, Values
from notemodeler.ui.charts.legend import Face
from notemodeler.ui.charts.plot import Plot
from notemodeler.ui.theme import Theme

if TYPE_CHECKING:
    from notemodeler.engines.daily import DailyFigures


class Chart(Plot):
    """One chart. It is told the results and the quote of the cursor day, and keeps no figure of its own."""

    face: ClassVar[Face]

    def __init__(
        self, frame: ChartFrame, desk: Desk, theme: Theme, *, shows_dates: bool = False
    ) -> None:
        self.quote: Quote | None = None
        super().__init__(frame, desk, theme, shows_dates=shows_dates)

    @abstractmethod
    def show(self, results: Results, figures: "DailyFigures") -> None:
        """Take the results of an edit: values of curves, message, legend."""

    @abstractmethod
    def figures_on(self, quote: Quote) -> Values:
        """The figures of the cursor day, for the title row."""

    @abstractmethod
    def summary(self, results: Results) -> str:
        """The chart in one or two sentences for those who cannot see it."""

    def show_cursor(self, quote: Quote) -> None:
        """Explain another day."""
        self.quote = quote
        self.frame.set_values(self.figures_on(quote))
        self.view.repaint_over()
