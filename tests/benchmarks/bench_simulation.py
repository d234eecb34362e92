"""The simulation against what it is made of: its random numbers, a copy of its memory, and QuantLib.

Run it as a program: `python tests/benchmarks/bench_simulation.py`. It prints ratios of the fastest runs in
this process and leaves with 1 if one is over its limit:
- 100,000 paths x 250 days with a policy, an ownership limit and price impact, against drawing the normals
  of those paths (SFC64, single precision); and the most memory that took.
- The look-back kernel of the seed's rule (3 lowest of 10) over a matrix of paths x days, against a copy of it.
- An American put by least squares, against QuantLib's MCAmericanEngine with as many paths and dates.
"""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).parents[2]))

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.app.simulation import Simulation
from notemodeler.domain.project import Project, with_field
from notemodeler.domain.valuation import HolderPolicy
from notemodeler.engines.simulation.draws import BLOCK, Seeded, drawn
from notemodeler.engines.simulation.plain_option import Put, put_value
from notemodeler.engines.simulation.rolling import RollingSums
from notemodeler.engines.simulation.simulated import Simulated

PATHS, DAYS = 100_000, 250
MOST_DRAWS, MOST_BYTES, MOST_COPIES, MOST_QUANTLIB = 8.0, 1.5 * 2**30, 4.0, 1.0
PUT = Put(36.0, 40.0, 0.06, 0.2, 1.0, 50)
ON = date(2018, 8, 3)


def fastest(run: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def project(policy: HolderPolicy) -> Project:
    """The sample's note over 250 trading days: a limit that takes many lots, a volume and an impact."""
    made = ascent_project()
    for name, value in (
        ("note.maturity_date", date(2019, 8, 2)),
        ("note.conversion.opens_date", date(2018, 8, 3)),
        ("note.conversion.ownership_limit", Decimal("0.001")),
        ("scenario.volume_shares", 20_000_000),
        ("valuation.impact", Decimal("0.01")),
        ("valuation.volatility", Decimal("1.5")),
        ("valuation.policy", policy),
        ("valuation.threshold", Decimal("1.7")),
    ):
        made = with_field(made, name, value)
    return made


def simulation(policy: HolderPolicy) -> Simulated:
    case = Simulation(compute(project(policy)), ON, PATHS, 1).case
    days = len(case.days)
    assert abs(days - DAYS) <= 2, days
    return case


def draw_all() -> None:
    generator = numpy.random.Generator(numpy.random.SFC64(1))
    room = numpy.empty(PATHS * DAYS, numpy.float32)
    generator.standard_normal(out=room, dtype=numpy.float32)


def report(name: str, taken: float, unit: float, most: float) -> bool:
    ratio = taken / unit
    verdict = "" if ratio <= most else "  OVER"
    print(f"{name:62} {taken * 1e3:9.1f} ms  {ratio:7.2f} x  (most {most:g}){verdict}")
    return ratio > most


def bench_paths() -> bool:
    draws = fastest(draw_all, 5)
    print(f"{'drawing 100,000 x 250 normals':62} {draws * 1e3:9.1f} ms")
    case = simulation(HolderPolicy.THRESHOLD)

    def afresh() -> None:
        fresh = replace(case, seeded=replace(case.seeded, seed=int(time.perf_counter_ns())))
        fresh.run(PATHS)

    over = report("policy, limit, impact, with the drawing", fastest(afresh, 3), draws, MOST_DRAWS)
    kept = fastest(lambda: case.run(PATHS), 3)
    over |= report("the same with normals that are kept", kept, draws, MOST_DRAWS)
    learnt = simulation(HolderPolicy.OPTIMAL)
    learning = fastest(lambda: learnt.learnt(PATHS), 1)
    print(f"{'learning the best policy on 16,384 paths':62} {learning * 1e3:9.1f} ms")
    best = learnt.learnt(PATHS)
    following = fastest(lambda: best.run(PATHS), 1)
    print(
        f"{'following it on 100,000 paths':62} {following * 1e3:9.1f} ms  {following / draws:7.2f} x"
    )
    first = fastest(lambda: simulation(HolderPolicy.THRESHOLD).run(2048), 3)
    print(f"{'first picture: 2,048 paths from the document':62} {first * 1e3:9.1f} ms")
    return over


def bench_kernel() -> bool:
    """Day by day over the paths, as price impact asks for: a row of every figure is kept for some days.

    The copy is that of NumPy, into new memory; the one into room that is kept is shown beside it.
    """
    blocks = PATHS // BLOCK + 1
    prices = numpy.empty((blocks, DAYS, BLOCK), numpy.float32)
    for number, block in enumerate(prices):
        numpy.exp(0.05 * drawn(Seeded(1), 0, number + 2, DAYS), out=block)
    room = numpy.empty_like(prices)

    def windows() -> None:
        for block in prices:
            rolling = RollingSums(((10, 3),), BLOCK)
            for row in block:
                rolling.push(row)

    # Both in turn, so that a neighbour on the machine does not slow down one of them alone.
    fresh = taken = float("inf")
    for _ in range(15):
        fresh, taken = min(fresh, fastest(prices.copy, 1)), min(taken, fastest(windows, 1))
    kept = fastest(lambda: numpy.copyto(room, prices), 7)
    named = f"{blocks * BLOCK:,} x {DAYS} prices"
    print(f"{'copy of ' + named + ' into new memory':62} {fresh * 1e3:9.1f} ms")
    print(f"{'copy into room that is kept':62} {kept * 1e3:9.1f} ms")
    print(f"{'3 lowest of 10 of every window':62} {taken / prices.size * 1e9:9.2f} ns a window")
    print(f"{'the same against the copy into room that is kept':62} {taken / kept:21.2f} x")
    return report("the same against the copy into new memory", taken, fresh, MOST_COPIES)


def bench_put() -> bool:
    quantlib = quantlib_put()
    theirs = fastest(quantlib, 1)
    ours = fastest(lambda: put_value(PUT, Seeded(1), PATHS), 3)
    print(f"{'QuantLib MCAmericanEngine, 100,000 paths x 50 dates':62} {theirs * 1e3:9.1f} ms")
    return report("the same put by our least squares", ours, theirs, MOST_QUANTLIB)


def quantlib_put() -> Callable[[], object]:
    import QuantLib as ql  # noqa: N813

    today = ql.Date(1, 1, 2020)
    ql.Settings.instance().evaluationDate = today
    exercise = ql.AmericanExercise(today, today + 365)
    count = ql.Actual365Fixed()
    spot = ql.QuoteHandle(ql.SimpleQuote(PUT.price))
    process = ql.BlackScholesProcess(
        spot,
        ql.YieldTermStructureHandle(ql.FlatForward(today, PUT.rate, count)),
        ql.BlackVolTermStructureHandle(
            ql.BlackConstantVol(today, ql.NullCalendar(), PUT.volatility, count)
        ),
    )
    option = ql.VanillaOption(ql.PlainVanillaPayoff(ql.Option.Put, PUT.strike), exercise)

    def run() -> float:
        engine = ql.MCAmericanEngine(
            process, "PseudoRandom", timeSteps=PUT.dates, antitheticVariate=True,
            requiredSamples=PATHS // 2, nCalibrationSamples=PATHS // 2, seed=1,
        )  # fmt: skip
        option.setPricingEngine(engine)
        return float(option.NPV())

    return run


def main() -> int:
    over = bench_paths()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    over |= peak > MOST_BYTES
    print(f"{'most memory':62} {peak / 2**30:9.2f} GiB        (most {MOST_BYTES / 2**30:g})")
    over |= bench_kernel()
    over |= bench_put()
    print("over a limit" if over else "within every limit")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
