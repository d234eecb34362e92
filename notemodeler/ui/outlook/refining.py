"""The long work of the outlook: a simulation in batches, each worth showing as soon as it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from threading import Event

    from notemodeler.app.outlook import Outlook
    from notemodeler.app.results import Results
    from notemodeler.engines.simulation.picture import Picture
    from notemodeler.ui.background import Cancelled, Report, Work


PATIENCE = 0.1
"""So many seconds the simulation stands still at most while a picture is painted."""


class Step(NamedTuple):
    """How far a simulation is, and the latest that can be shown of it."""

    done: int
    wanted: int
    outlook: Outlook | None


def refining(results: Results, seen: Event) -> Work:
    """Work for `Background`: it reports a `Step` after every batch and returns the last one.

    After each picture it waits until that is `seen`: Python runs one thread at a time, and a window
    that paints while another thread computes takes several times as long. It raises `UserError` where
    the document says too little.
    """

    def work(report: Report, cancelled: Cancelled) -> Step:
        from notemodeler.app.outlook import outlook_of
        from notemodeler.app.outlook_past import past_of
        from notemodeler.app.simulation import Simulation

        simulation = Simulation(results)
        step = Step(0, simulation.paths, None)
        past = past_of(simulation)

        def progressed(done: int) -> None:
            nonlocal step
            step = step._replace(done=done)
            report(step)

        def told(picture: Picture) -> None:
            nonlocal step
            step = step._replace(outlook=outlook_of(simulation, picture, past))
            seen.clear()
            report(step)
            if not picture.is_final and not cancelled():
                seen.wait(PATIENCE)

        simulation.refine(told, cancelled, progressed)
        return step

    return work
