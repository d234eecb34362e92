"""How fine a tree may be so that its value comes in time."""

from notemodeler.engines.valuation.level_lattice import lattice_states

AT_ONCE, LIVE, BACKGROUND, ON_REQUEST = 2, 3, 4, 6
"""Returns a day of the tree for a look-back of ten days: at a keystroke in a frame that is nearly full, at a
keystroke, right after it, and when asked for."""
MOST_CELLS = {AT_ONCE: 1 << 13, LIVE: 1 << 16, BACKGROUND: 1 << 20, ON_REQUEST: 1 << 26}
"""How many figures a day of the tree may have, states times returns, so that the value comes in time."""
MOST_LATTICE_STATES = {AT_ONCE: 1 << 15, LIVE: 1 << 18, BACKGROUND: 1 << 21, ON_REQUEST: 1 << 22}
RETURNS = (64, 48, 32, 24, 16, 12, 10, 8, 6, 4, 3, 2)
"""Returns a day, finest first. Above three they are even: an odd number has one at zero, hence ties among prices,
and lies lower. The error is told by the next coarser one."""


def points_within(digits: int, points: int) -> int | None:
    """The most returns a day with which the tree is small enough; None if two are too many."""
    most = MOST_CELLS[budget_of(points)]
    return next((each for each in RETURNS if each ** (digits + 1) <= most), None)


def lattice_is_within(digits: int, steps: int, points: int) -> bool:
    """Whether the level lattice is small enough."""
    return lattice_states(digits, steps) <= MOST_LATTICE_STATES[budget_of(points)]


def budget_of(points: int) -> int:
    """The speed that is asked for with so many returns a day."""
    speeds = (ON_REQUEST, BACKGROUND, LIVE, AT_ONCE)
    return next((each for each in speeds if points >= each), AT_ONCE)
