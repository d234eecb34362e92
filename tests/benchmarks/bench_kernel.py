"""Conversion prices of 250,000 days by the seed's rule against a memory copy of the same prices.

Run it as a program: `python tests/benchmarks/bench_kernel.py`. It prints the figures and leaves with 1
if the ratio of the fastest runs is over the limit. Both are measured in the same process on arrays that
were touched just before (2 MB: they sit in the outer cache, not in the inner ones); a copy into fresh
memory, which the kernel's own result also needs, is shown beside it. The limit is for prices such as the
seed's, whose ticks fit single precision; the figures for dearer stocks are shown for comparison.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).parents[2]))

from notemodeler.domain.rule import PriceRule
from notemodeler.engines.pricing.composition import compose
from notemodeler.engines.pricing.kernel import conversion_prices, ticks_per_dollar
from notemodeler.engines.pricing.sliding import Floats

DAYS = 250_000
MOST = 25.0
RUNS = 200


def seconds(run: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """The fastest and the middle of many runs."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    taken.sort()
    return taken[0], taken[runs // 2]


def prices_up_to(highest: float) -> Floats:
    """A random walk of bids with five decimals, up to the highest price in dollars."""
    steps = numpy.random.default_rng(20180801).normal(0, 0.05, DAYS)
    walk = numpy.exp(0.02 * numpy.cumsum(steps))
    prices: Floats = numpy.round(highest * walk / walk.max(), 5).clip(0.00001)
    return prices


def report(name: str, taken: tuple[float, float], copy: tuple[float, float]) -> float:
    ratio = taken[0] / copy[0]
    print(
        f"{name:44} {taken[0] * 1e6:8.0f} us fastest {taken[1] * 1e6:8.0f} us middle"
        f"  {ratio:5.1f} x copy  {taken[0] / DAYS * 1e9:5.2f} ns a day"
    )
    return ratio


def main() -> int:
    rule, room = compose(PriceRule()), numpy.empty(DAYS)
    cheap, dear = prices_up_to(0.05), prices_up_to(5000.0)
    copy = seconds(lambda: numpy.copyto(room, cheap))
    report("copy of 2 MB, room kept", copy, copy)
    report("copy of 2 MB into fresh memory", seconds(cheap.copy), copy)
    ratio = report(
        "3 lowest of 10, prices below 55 dollars",
        seconds(lambda: conversion_prices(cheap, rule, 1e5)),
        copy,
    )
    report("3 lowest of 10, dear prices", seconds(lambda: conversion_prices(dear, rule, 1e5)), copy)
    report("3 lowest of 10, plain floats", seconds(lambda: conversion_prices(cheap, rule)), copy)
    report("finding the tick", seconds(lambda: ticks_per_dollar(cheap), 20), copy)
    over = ratio > MOST
    print(f"{'over' if over else 'within'} the limit of {MOST:.0f} copies")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
