"""The window tree on the seed's rule: within a frame, against a copy of memory and against QuantLib's Monte Carlo.

Run it as a program: `python tests/benchmarks/bench_valuation.py`. It prints the figures and leaves with 1
if a limit is passed. The tree is that of the seed's one-year note at 150 % with three returns a day: 19,683
states over 124 closed and 125 open days. All figures are the fastest of several runs of one process, and
the limits are ratios between them: a frame is taken for so many copies of an array that sits in the cache,
QuantLib values a plain American put on 100,000 paths of 50 dates by least squares. With four returns a
day it is held against this project's own least squares on 100,000 paths of the same note, their drawing
included, and must lie in the known brackets.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy
import QuantLib as ql  # noqa: N813

sys.path.insert(0, str(Path(__file__).parents[2]))

from notemodeler.app.results import Results
from notemodeler.app.sample import ascent_project
from notemodeler.app.valuation import Valuations
from notemodeler.engines.simulation.draws import Seeded, blocks_of
from notemodeler.engines.simulation.holder import run_block
from notemodeler.engines.simulation.models import Diffusion
from notemodeler.engines.simulation.optimal import VALUING, learn_policy, with_policy
from notemodeler.engines.simulation.outcome import joined
from notemodeler.engines.simulation.simulated import MOST_LEARNT
from notemodeler.engines.simulation.statistics import Estimate, mean_of
from notemodeler.engines.valuation.window_tree import window_tree
from tests.engines.simulation.simulated_notes import plain_setting
from tests.engines.valuation.lives import seed_problem

FRAME_MS, OF_A_FRAME = 16.7, 0.6
COPIES_A_FRAME = 450
"""How many copies of `COPIED` floats a frame is taken for."""
COPIED = 250_000
FASTER_THAN_QUANTLIB = 150
PATHS, DATES = 100_000, 50
FASTER_THAN_OWN = 10
BRACKETS = {0.6: (1.8440, 1.8457), 1.5: (2.4358, 2.4419), 3.0: (3.729, 3.763)}
BESIDE = 0.0002
"""By this part of itself a value may lie beside its bracket."""


def fastest(run: Callable[[], object], runs: int) -> float:
    """The fastest of several runs, in milliseconds."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken) * 1000


def copy_ms() -> float:
    source = numpy.random.default_rng(1).normal(size=COPIED)
    target = numpy.empty_like(source)
    return fastest(lambda: numpy.copyto(target, source), 200)


def quantlib_ms() -> float:
    """A put of QuantLib: 40 on 36, 6 %, 20 %, one year."""
    today = ql.Date(2, 1, 2024)
    ql.Settings.instance().evaluationDate = today
    count = ql.Actual365Fixed()
    process = ql.BlackScholesProcess(
        ql.QuoteHandle(ql.SimpleQuote(36.0)),
        ql.YieldTermStructureHandle(ql.FlatForward(today, 0.06, count)),
        ql.BlackVolTermStructureHandle(ql.BlackConstantVol(today, ql.NullCalendar(), 0.2, count)),
    )
    exercise = ql.AmericanExercise(today, today + 365)

    def value() -> float:
        option = ql.VanillaOption(ql.PlainVanillaPayoff(ql.Option.Put, 40.0), exercise)
        option.setPricingEngine(
            ql.MCAmericanEngine(
                process, "pseudorandom", timeSteps=DATES, requiredSamples=PATHS, seed=1
            )
        )
        return float(option.NPV())

    return fastest(value, 2)


def whole_value_ms() -> float:
    """What a keystroke pays: inputs, balances, tree, coarser tree and words, from the issue date on."""
    valuations = Valuations(Results(ascent_project()))
    day = valuations.results.note.funding_date
    valuations.value(day, points=3)
    return fastest(lambda: valuations.value(day, points=3), 20)


def least_squares(volatility: float, seed: int) -> Estimate:
    """The seed's note by least squares: a policy learnt on paths of its own, followed on 100,000 others."""
    setting, model = plain_setting(days=249), Diffusion(volatility, 250)
    setting = replace(setting, notes=(replace(setting.notes[0], opens=124),))
    policy = learn_policy(setting, 0, model, Seeded(seed), MOST_LEARNT)
    followed = with_policy(setting, 0, policy)
    parts = [run_block(followed, model, Seeded(seed, VALUING), block) for block in blocks_of(PATHS)]
    return mean_of(joined(parts).notes[0].value, mirrored=True)


def is_slow_or_outside(tree_ms: float) -> bool:
    """Whether the tree with four returns a day is slower than asked for or beside a bracket."""
    seeds = iter(range(1, 100))
    own = fastest(lambda: least_squares(1.5, next(seeds)), 3)
    found = least_squares(1.5, 1)
    print(
        f"own least squares, {PATHS:,} paths: {own:.0f} ms  {found.value:.4f} ± {found.error:.4f}"
    )
    print(f"K=4 is {own / tree_ms:.1f} times faster (limit {FASTER_THAN_OWN})")
    outside = False
    for volatility, (low, high) in BRACKETS.items():
        value = window_tree(seed_problem(volatility), 4).value
        is_inside = low * (1 - BESIDE) <= value <= high * (1 + BESIDE)
        outside |= not is_inside
        print(f"K=4 at {volatility:.0%}: {value:.5f} in [{low}, {high}]: {is_inside}")
    return outside or own / tree_ms < FASTER_THAN_OWN


def main() -> int:
    problem = seed_problem(1.5)
    trees = {points: fastest(lambda p=points: window_tree(problem, p), 20) for points in (2, 3)}
    trees[4] = fastest(lambda: window_tree(problem, 4), 5)
    copy, quantlib = copy_ms(), quantlib_ms()
    for points, taken in trees.items():
        value = window_tree(problem, points).value
        print(f"tree K={points}: {taken:8.2f} ms  value {value:.5f}")
    print(f"whole value K=3 of the sample at issue: {whole_value_ms():.2f} ms")
    print(f"copy of {COPIED:,} floats: {copy:.4f} ms")
    print(f"QuantLib, American put, {PATHS:,} x {DATES}: {quantlib:.0f} ms")
    of_frame = trees[3] / (copy * COPIES_A_FRAME)
    print(f"K=3 takes {trees[3] / FRAME_MS:.2f} of a frame of {FRAME_MS} ms,", end=" ")
    print(f"{of_frame:.2f} of {COPIES_A_FRAME} copies (limit {OF_A_FRAME})")
    print(f"K=3 is {quantlib / trees[3]:.0f} times faster (limit {FASTER_THAN_QUANTLIB})")
    beside = is_slow_or_outside(trees[4])
    within = not beside and of_frame <= OF_A_FRAME and quantlib / trees[3] >= FASTER_THAN_QUANTLIB
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
