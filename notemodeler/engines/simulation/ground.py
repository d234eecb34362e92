"""What the notes of a company share while simulated days go by."""

from dataclasses import dataclass

from notemodeler.engines.simulation.draws import Singles


@dataclass(slots=True)
class Ground:
    """The price, the shares and the sales of a block of paths, each of shape (paths,).

    `pressed` is what sales have left of the price, `unsold` one row for each holder.
    """

    spot: Singles
    outstanding: Singles | None
    pressed: Singles
    unsold: Singles
    stopped: Singles
    sold: Singles
    proceeds: Singles
