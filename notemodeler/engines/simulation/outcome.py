"""What came of the paths of a simulation, path by path."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy

from notemodeler.engines.simulation.draws import Singles


@dataclass(frozen=True, eq=False)
class NoteOutcome:
    """One note: each of shape (paths,).

    `issued` shares; `converted` dollars of what was owed; `gone` the day on which nothing was left, as
    many days as there are if that never came; `matured` dollars paid at maturity; `cash` other dollars
    paid; `given` the market value of the shares on their notice days; `value` the present value of all
    dollars paid and of the shares at the market of their notice days; `short` whether the reserve set
    aside ran out.
    """

    issued: Singles
    converted: Singles
    gone: Singles
    matured: Singles
    cash: Singles
    given: Singles
    value: Singles
    short: Singles


@dataclass(frozen=True, eq=False)
class Outcome:
    """All paths of one or more blocks.

    `outstanding` is the count at the end, `lowest` the lowest price of a path, `last` the last one;
    `stopped` whether the authorised shares ran out; `sold` the dollars that all sales brought and
    `proceeds` their present value, what is unsold at the end taken at the last price.
    `prices`, `conversion_prices` and `issued_by` (shares issued by the end of each day) have the shape
    (days, paths) and hold the first paths, of the first note; `all_issued_by` is of all notes together.
    """

    notes: tuple[NoteOutcome, ...]
    outstanding: Singles
    lowest: Singles
    last: Singles
    stopped: Singles
    sold: Singles
    proceeds: Singles
    prices: Singles
    conversion_prices: Singles
    issued_by: Singles
    all_issued_by: Singles

    @property
    def paths(self) -> int:
        return len(self.lowest)


def joined(parts: Sequence[Outcome]) -> Outcome:
    """The outcomes of several blocks as one."""
    if len(parts) == 1:
        return parts[0]
    notes = tuple(
        NoteOutcome(
            *(
                _along([getattr(part, each.name) for part in of_note])
                for each in fields(NoteOutcome)
            )
        )
        for of_note in zip(*(part.notes for part in parts), strict=True)
    )
    whole = (_along([getattr(part, each.name) for part in parts]) for each in fields(Outcome)[1:])
    return Outcome(notes, *whole)


def _along(arrays: Sequence[Singles]) -> Singles:
    return numpy.concatenate(arrays, axis=-1)
