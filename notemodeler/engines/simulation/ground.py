"""What the notes of a company share while simulated days go by."""

from dataclasses import dataclass

from notemodeler.engines.simulation.draws import Singles


@dataclass(slots=True)
class Ground:
    """The price, the shares and the sales of a block of paths, each of shape (paths,).

    `pressed` is what sales have left of the price. `unsold` has one row for each holder, and so has
    `kept`: the shares that a holder does not sell before the note is gone, None where all sell.
    """

    spot: Singles
    outstanding: Singles | None
    pressed: Singles
    unsold: Singles
    stopped: Singles
    sold: Singles
    proceeds: Singles
    kept: Singles | None = None
