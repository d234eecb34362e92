"""Models of daily returns: normal, with jumps, fat-tailed, drawn from the note's own past, or none at all."""

from dataclasses import dataclass
from functools import lru_cache
from math import cosh, exp, lgamma, log, pi, sqrt
from typing import NamedTuple, Protocol

import numpy

from notemodeler.engines.pricing.sliding import Floats
from notemodeler.engines.simulation.draws import TRADING_DAYS, Block, Seeded, Singles, block_size

JUMPS, SIZES, TAILS, STARTS = 1, 2, 3, 4
"""The purposes of random numbers besides the normals of every model."""
TAIL_CUT = 8.0
"""A fat-tailed return is cut at so many daily standard deviations: without a cut no mean would exist."""


class Noise(NamedTuple):
    """The log-return of each day and path is `shift` + `scale` x `matrix`: shape (days, paths)."""

    matrix: Singles
    scale: float
    shift: float


class PathModel(Protocol):
    """One model of daily log-returns whose gross return has the mean 1 (a martingale); drift comes on top."""

    @property
    def words(self) -> str:
        """What the model is, for a reader."""

    @property
    def daily_deviation(self) -> float:
        """The standard deviation of a daily log-return."""

    def noise(self, seeded: Seeded, block: Block, days: int) -> Noise:
        """The returns of one block of paths."""


@dataclass(frozen=True, slots=True)
class Diffusion:
    """Geometric Brownian motion (Black and Scholes 1973); `volatility` is a fraction a year of `year_days`."""

    volatility: float
    year_days: int = TRADING_DAYS

    @property
    def words(self) -> str:
        return f"geometric Brownian motion, volatility {self.volatility:.0%} a year"

    @property
    def daily_deviation(self) -> float:
        return self.volatility / sqrt(self.year_days)

    def noise(self, seeded: Seeded, block: Block, days: int) -> Noise:
        deviation = self.daily_deviation
        normals = seeded.normals(block.number, days)[:, : block.paths]
        return Noise(normals, deviation, -deviation * deviation / 2)


@dataclass(frozen=True, slots=True)
class JumpDiffusion:
    """Brownian motion with lognormal jumps at random times (Merton 1976), martingale-corrected.

    `intensity` is jumps a year, `mean` and `spread` are those of the logarithm of a jump.
    """

    volatility: float
    intensity: float
    mean: float
    spread: float
    year_days: int = TRADING_DAYS

    @property
    def words(self) -> str:
        return (
            f"diffusion of {self.volatility:.0%} a year with {self.intensity:g} jumps a year, "
            f"of {self.mean:.0%} in the mean with a spread of {self.spread:.0%}"
        )

    @property
    def daily_deviation(self) -> float:
        of_jumps = self.intensity * (self.mean**2 + self.spread**2)
        return sqrt((self.volatility**2 + of_jumps) / self.year_days)

    def noise(self, seeded: Seeded, block: Block, days: int) -> Noise:
        step, size = 1 / self.year_days, block_size(block.number)
        rate = self.intensity * step
        normals = seeded.normals(block.number, days)
        made = (self.volatility * sqrt(step)) * normals
        counts = seeded.generator(JUMPS, block.number).poisson(rate, (days, size))
        at = numpy.nonzero(counts)
        many = counts[at].astype(numpy.float32)
        sizes = seeded.generator(SIZES, block.number).standard_normal(len(many), numpy.float32)
        made[at] += many * self.mean + numpy.sqrt(many) * self.spread * sizes
        growth = rate * (exp(self.mean + self.spread**2 / 2) - 1)
        shift = -(self.volatility**2) * step / 2 - growth
        return Noise(made[:, : block.paths].astype(numpy.float32, copy=False), 1.0, shift)


@dataclass(frozen=True, slots=True)
class FatTails:
    """Returns of Student's t with `freedom` degrees (Praetz 1972), cut at eight standard deviations.

    An uncut t has no mean gross return at all; of the cut one the mean is worked out by quadrature
    and taken off, so prices are martingales exactly. What the cut takes off the volatility is made up for.
    """

    volatility: float
    freedom: float = 4.0
    year_days: int = TRADING_DAYS

    @property
    def words(self) -> str:
        return (
            f"Student t with {self.freedom:g} degrees of freedom, volatility {self.volatility:.0%} a "
            f"year, cut at {TAIL_CUT:g} daily standard deviations"
        )

    @property
    def daily_deviation(self) -> float:
        return self.volatility / sqrt(self.year_days)

    def noise(self, seeded: Seeded, block: Block, days: int) -> Noise:
        normals, half = seeded.normals(block.number, days), self.freedom / 2
        pairs = normals.shape[1] // 2 if seeded.antithetic else normals.shape[1]
        mixing = seeded.generator(TAILS, block.number).standard_gamma(
            half, (days, pairs), numpy.float32
        )
        # Variance (freedom / 2 - 1) / mixing has the mean 1, so the returns keep the variance of normals.
        scales = numpy.sqrt((half - 1) / numpy.maximum(mixing, 1e-6)).astype(numpy.float32)
        if seeded.antithetic:
            # Not numpy.repeat, which lets no other thread run while it copies.
            both = numpy.empty(normals.shape, numpy.float32)
            both[:, 0::2], both[:, 1::2] = scales, scales
            scales = both
        made = numpy.clip(normals * scales, -TAIL_CUT, TAIL_CUT)[:, : block.paths]
        deviation = self.daily_deviation / _cut_deviation(self.freedom)
        return Noise(made, deviation, -_log_mean_of_cut_t(deviation, self.freedom))


@lru_cache(maxsize=32)
def _cut_t(freedom: float) -> tuple[Floats, Floats, float]:
    """A t of variance one between the cuts: places, density, and the chance that lies beyond each of them."""
    unit = sqrt(freedom / (freedom - 2))
    at = numpy.linspace(-TAIL_CUT, TAIL_CUT, 32_001)
    front = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(freedom * pi)
    density = unit * front * (1 + (at * unit) ** 2 / freedom) ** (-(freedom + 1) / 2)
    return at, density, (1 - float(numpy.trapezoid(density, at))) / 2


@lru_cache(maxsize=32)
def _cut_deviation(freedom: float) -> float:
    """The standard deviation of a t of variance one that is cut at both ends."""
    at, density, beyond = _cut_t(freedom)
    inside = float(numpy.trapezoid(density * at * at, at))
    return sqrt(inside + 2 * beyond * TAIL_CUT * TAIL_CUT)


@lru_cache(maxsize=32)
def _log_mean_of_cut_t(deviation: float, freedom: float) -> float:
    """The logarithm of E[exp(deviation x T)], T being a t of variance one cut at both ends."""
    at, density, beyond = _cut_t(freedom)
    inside = float(numpy.trapezoid(density * numpy.exp(deviation * at), at))
    return log(inside + 2 * beyond * cosh(deviation * TAIL_CUT))


@dataclass(frozen=True, eq=False)
class OwnHistory:
    """Blocks of the note's own past returns, laid end to end (circular block bootstrap, Politis and Romano 1992).

    `returns` are daily log-returns. Drift comes from elsewhere: of each day within a block the expected
    growth so far is taken off, so prices are martingales whatever runs the past has.
    """

    returns: tuple[float, ...]
    length: int = 10

    @property
    def words(self) -> str:
        return f"the note's own {len(self.returns)} past returns, drawn in blocks of {self.length} days"

    @property
    def daily_deviation(self) -> float:
        return float(numpy.std(self.returns))

    def noise(self, seeded: Seeded, block: Block, days: int) -> Noise:
        past = numpy.array(self.returns, numpy.float32)
        size, many = block_size(block.number), -(-days // self.length)
        starts = seeded.generator(STARTS, block.number).integers(0, len(past), (many, 1, size))
        places = (starts + numpy.arange(self.length)[:, None]) % len(past)
        made = past[places.reshape(-1, size)[:days, : block.paths]]
        made -= numpy.tile(log_growth(self.returns, self.length), many)[:days, None]
        return Noise(made, 1.0, 0.0)


@lru_cache(maxsize=8)
def log_growth(returns: tuple[float, ...], length: int) -> Singles:
    """By what the expected price of each day of a block grows, as a logarithm; shape (length,)."""
    past = numpy.array(returns)
    places = (numpy.arange(len(past)) + numpy.arange(length)[:, None]) % len(past)
    so_far = numpy.log(numpy.exp(numpy.cumsum(past[places], axis=0)).mean(axis=1))
    made: Singles = numpy.diff(so_far, prepend=0.0).astype(numpy.float32)
    return made


@dataclass(frozen=True, slots=True)
class Still:
    """No chance at all: prices go the way that is assumed."""

    words: str = "the prices of the scenario, without chance"
    daily_deviation: float = 0.0

    def noise(self, seeded: Seeded, block: Block, days: int) -> Noise:
        return Noise(numpy.zeros((days, block.paths), numpy.float32), 0.0, 0.0)


def mirrors(model: PathModel, seeded: Seeded) -> bool:
    """Whether neighbouring paths are mirror images, so that only pairs are independent of each other."""
    return seeded.antithetic and not isinstance(model, OwnHistory | Still)


def log_returns(prices: Floats) -> tuple[float, ...]:
    """The daily log-returns between neighbouring known prices, in dollars of one day."""
    known = prices[~numpy.isnan(prices)]
    return tuple(numpy.diff(numpy.log(known)).tolist())
