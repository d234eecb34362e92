"""Steps of a price rule that prices themselves bring about, path by path."""

from collections.abc import Sequence

import numpy

from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.formula import Formula, Sums
from notemodeler.engines.simulation.policies import Flags
from notemodeler.engines.simulation.setting import Trigger


class TriggerDays:
    """Which triggers hold on each path; the price of a day counts from the next day on.

    Only where a window ends with the day of the notice, its price is the last one by then.
    """

    def __init__(self, triggers: Sequence[Trigger], part: float, paths: int) -> None:
        self.triggers, self.part = tuple(triggers), part
        self.held = [numpy.full(paths, each.held) for each in triggers]
        self._all = tuple(zip(self.triggers, self.held, strict=True))

    def see_today(self, spot: Singles) -> None:
        """The price of the day of a notice, whose window ends with it: for the steps by the last price."""
        self._see(spot, [each for each in self._all if not each[0].lasts])

    def see(self, spot: Singles) -> None:
        """The price of one more day."""
        self._see(spot, self._all)

    def _see(self, spot: Singles, triggers: Sequence[tuple[Trigger, Flags]]) -> None:
        for trigger, held in triggers:
            is_below = spot * numpy.float32(self.part) < numpy.float32(trigger.price)
            if trigger.lasts:
                numpy.logical_or(held, is_below, out=held)
            else:
                numpy.copyto(held, is_below)

    def prices(
        self, row: Sequence[Formula | None], sums: Sums, spot: Singles
    ) -> tuple[Singles, Singles | None]:
        """The prices by whichever formula counts on each path, and those without the floor if one bears it."""
        places = sum(
            (held.astype(numpy.int8) << at for at, held in enumerate(self.held)),
            start=numpy.zeros(len(spot), numpy.int8),
        )
        price = numpy.full(len(spot), numpy.nan, numpy.float32)
        unfloored = price.copy()
        bears = False
        for place, formula in enumerate(row):
            here = places == place
            if formula is None or not here.any():
                continue
            made = formula.prices(sums, numpy.empty_like(spot))
            without = formula.unfloored(sums, numpy.empty_like(spot))
            bears |= without is not None
            numpy.copyto(price, made, where=here)
            numpy.copyto(unfloored, made if without is None else without, where=here)
        return price, unfloored if bears else None
