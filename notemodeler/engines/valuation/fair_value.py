"""The fair value of a note and of its conversion right on a day, by the engine that its terms call for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from notemodeler.domain.issues import Issue, Severity
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.valuation.boundary import boundary_words
from notemodeler.engines.valuation.case import ValuationCase
from notemodeler.engines.valuation.fineness import (
    BACKGROUND,
    LIVE,
    MOST_CELLS,
    RETURNS,
    lattice_is_within,
    points_within,
)
from notemodeler.engines.valuation.inputs import Inputs, inputs_on
from notemodeler.engines.valuation.left_out import left_out, share_limit
from notemodeler.engines.valuation.level_lattice import lattice_states, level_lattice
from notemodeler.engines.valuation.life import Cancel, Problem
from notemodeler.engines.valuation.remaining import Remaining, remaining_life
from notemodeler.engines.valuation.rule_parts import known_prices, rule_parts
from notemodeler.engines.valuation.window_tree import Threshold, window_tree
from notemodeler.engines.valuation.worth import Engine, FairValue, Work

COARSE = Issue(
    Severity.NOTE,
    "It is worked out with two returns a day, of which none is coarser to tell the error; for the three "
    "lowest of ten days they lie 0.5 % low.",
)


class _Found(NamedTuple):
    """The value of waiting per dollar, and how it was found."""

    waiting: float
    error: float | None
    work: Work
    thresholds: tuple[Threshold, ...] = ()


def fair_value(
    case: ValuationCase,
    on: date,
    points: int = BACKGROUND,
    cancel: Cancel | None = None,
    inputs: Inputs | None = None,
) -> FairValue:
    """The value at the end of the day, by window tree or level lattice.

    `points` is how fine the tree is, by its returns a day for a look-back of ten days: 3 at a keystroke,
    4, or 6. A shorter look-back is worked out with more of them, a longer one with fewer; where even two
    are too many the value is None and the simulation must answer. `inputs` are taken instead of those
    that the case states. Raises ValueError for a day that the calendar does not know, `Cancelled` when
    told to stop.
    """
    given = inputs or inputs_on(case, on)
    if not given.is_complete:
        return FairValue(on, Engine.TREE, given, None, None, issues=given.issues)
    try:
        remaining = remaining_life(case, given)
        problem, more = problem_of(case, given, remaining)
    except ValueError as refusal:
        return _none(on, given, str(refusal))
    found = _found(problem, points, cancel)
    issues = (*given.issues, *more, *left_out(case, given), *_remarks(problem, found, points))
    straight = remaining.amount * remaining.life.straight()
    worth_now = worth_if_converted(case, given, remaining)
    engine = _engine(problem)
    if found is None:
        return FairValue(on, Engine.SIMULATION, given, None, straight, worth_now, issues=issues)
    return FairValue(
        on,
        engine,
        given,
        max(remaining.amount * found.waiting, worth_now or 0.0),
        straight,
        worth_now,
        None if found.error is None else remaining.amount * found.error,
        _least(case, on, problem, remaining, points, cancel),
        found.work,
        boundary_words(given, remaining, found.waiting, worth_now, found.thresholds),
        issues,
    )


def _engine(problem: Problem) -> Engine:
    return Engine.TREE if problem.bounds is None else Engine.LATTICE


def _least(
    case: ValuationCase,
    on: date,
    problem: Problem,
    remaining: Remaining,
    points: int,
    cancel: Cancel | None,
) -> float | None:
    """The value of waiting for one conversion within the limits on shares, the rest being paid in cash."""
    speed = (
        points if points > BACKGROUND else LIVE
    )  # it stands beside the value and must not delay it
    fits = lattice_is_within(problem.digits, problem.life.steps, speed)
    limit = share_limit(case, remaining, on) if fits and points >= BACKGROUND else None
    if limit is None:
        return None
    return remaining.amount * level_lattice(replace(problem, limit=limit), cancel)


def problem_of(
    case: ValuationCase, inputs: Inputs, remaining: Remaining
) -> tuple[Problem, list[Issue]]:
    """The note as tree and lattice take it."""
    parts = rule_parts(case, inputs)
    rules = parts.rules[: remaining.life.steps]
    reach = max((rule.reach for rule in rules), default=1)
    known, issues = known_prices(case, inputs, reach)
    assert inputs.price is not None
    return Problem(remaining.life, rules, known, inputs.price, parts.bounds), issues


def worth_if_converted(case: ValuationCase, inputs: Inputs, remaining: Remaining) -> float | None:
    """What the shares of a conversion of the whole balance on the day are worth, in dollars.

    None before conversion opens, on a day without trading, and where the rule gives no price. Once no
    trading day is left to maturity, a notice of a closed day is one of the next trading day.
    """
    day, calendar = inputs.on, case.market.calendar
    if not inputs.steps:
        day = calendar.shifted(day, 0)
    if day < opening_date(case.note) or not calendar.is_trading_day(day):
        return None
    price = case.conversion_price_on(day).conversion_price
    if price is None or inputs.price is None:
        return None
    return remaining.amount * inputs.price / float(price)


def _found(problem: Problem, points: int, cancel: Cancel | None) -> _Found | None:
    if _engine(problem) is Engine.LATTICE:
        return _by_lattice(problem, points, cancel)
    used = points_within(problem.digits, points)
    if used is None:
        return None
    is_large = used ** (problem.digits + 1) > MOST_CELLS[BACKGROUND]
    watch = _watched(problem)
    tree = window_tree(problem, used, cancel, () if is_large else watch)
    work = Work(used, tree.states, problem.life.steps)
    if used == RETURNS[-1]:
        return _Found(tree.value, None, work, tree.thresholds)
    coarser = RETURNS[RETURNS.index(used) + 1]
    other = window_tree(problem, coarser, cancel, watch if is_large else ())
    return _Found(
        tree.value, abs(tree.value - other.value), work, tree.thresholds or other.thresholds
    )


def _by_lattice(problem: Problem, points: int, cancel: Cancel | None) -> _Found | None:
    steps = problem.life.steps
    if not lattice_is_within(problem.digits, steps, points):
        return None
    work = Work(RETURNS[-1], lattice_states(problem.digits, steps), steps)
    return _Found(level_lattice(problem, cancel), None, work)


def _watched(problem: Problem) -> tuple[int, ...]:
    """The steps of which the threshold is told: the first one with a whole unknown past, and the middle."""
    first = max(problem.life.first, min(problem.digits, problem.life.steps - 1))
    return (first, (first + problem.life.steps) // 2)


def _none(on: date, inputs: Inputs, refusal: str) -> FairValue:
    text = f"There is no value: {refusal}."
    issue = Issue(Severity.ERROR, text, (), (on,))
    return FairValue(on, Engine.TREE, inputs, None, None, issues=(*inputs.issues, issue))


def _remarks(problem: Problem, found: _Found | None, points: int) -> Iterator[Issue]:
    """What must be said of how the value was found, or why it was not."""
    if found is None:
        yield _too_long(problem, points)
    elif found.work.points == RETURNS[-1] and problem.life.steps:
        yield COARSE


def _too_long(problem: Problem, points: int) -> Issue:
    days = max(rule.reach for rule in problem.rules)
    who = "The simulation must answer"
    if points < BACKGROUND and _can_later(problem):
        who = "It is worked out in the background"
    engine = _engine(problem).label
    text = f"A look-back of {days} trading days has too many states for the {engine}. {who}."
    return Issue(Severity.NOTE, text, ("note.conversion.rule.lookback_days",))


def _can_later(problem: Problem) -> bool:
    if _engine(problem) is Engine.TREE:
        return points_within(problem.digits, BACKGROUND) is not None
    return lattice_is_within(problem.digits, problem.life.steps, BACKGROUND)
