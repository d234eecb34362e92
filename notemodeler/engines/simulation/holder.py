"""The holder's days, on all paths of a block at once: sell, convert as far as limits allow, press the price."""

from collections.abc import Callable

import numpy

from notemodeler.engines.simulation.draws import Block, Seeded, Singles
from notemodeler.engines.simulation.ground import Ground
from notemodeler.engines.simulation.models import Noise, PathModel
from notemodeler.engines.simulation.note_days import NoteDays
from notemodeler.engines.simulation.outcome import Outcome
from notemodeler.engines.simulation.rolling import RollingSums
from notemodeler.engines.simulation.setting import Feed, Setting
from notemodeler.engines.simulation.twin_days import Figure


class Cancelled(Exception):
    """The simulation was asked to stop; nothing came of it."""


def never_cancelled() -> bool:
    return False


def run_block(
    setting: Setting,
    model: PathModel,
    seeded: Seeded,
    block: Block,
    shown: int = 0,
    cancelled: Callable[[], bool] = never_cancelled,
) -> Outcome:
    """The outcome of a block of paths; the first `shown` paths keep their prices of every day.

    Raises `Cancelled` within a day's work of being asked to stop.
    """
    noise = model.noise(seeded, block, setting.days)
    return _BlockRun(setting, noise, block.paths, min(shown, block.paths)).run(cancelled)


class _BlockRun:
    """One block while its days go by."""

    def __init__(self, setting: Setting, noise: Noise, paths: int, shown: int) -> None:
        self.setting, self.noise, self.paths, self.shown = setting, noise, paths, shown
        count = setting.outstanding
        unsold = numpy.zeros((setting.holders, paths), numpy.float32)
        self.ground = Ground(
            numpy.empty(paths, numpy.float32),
            None if count is None else numpy.full(paths, count, numpy.float32),
            numpy.ones(paths, numpy.float32),
            unsold,
            numpy.zeros(paths, numpy.float32),
            numpy.zeros(paths, numpy.float32),
            numpy.zeros(paths, numpy.float32),
            None if all(note.sells for note in setting.notes) else numpy.zeros_like(unsold),
        )
        self.windows = [begun(feed, paths) for feed in setting.feeds]
        self.notes = [NoteDays(setting, note, self.ground) for note in setting.notes]
        self.in_order = sorted(self.notes, key=lambda note: note.course.place)
        self.walk = numpy.zeros(paths, numpy.float32)
        self.step = numpy.empty(paths, numpy.float32)
        self.lowest = numpy.full(paths, numpy.inf, numpy.float32)
        self.sold_today = numpy.zeros(paths, numpy.float32)
        self.prices = numpy.empty((setting.days, shown), numpy.float32)
        self.conversion_prices = numpy.full((setting.days, shown), numpy.nan, numpy.float32)
        self.issued_by = numpy.empty((setting.days, shown), numpy.float32)
        # The same array where there is but one note.
        self.all_issued_by = self.issued_by if len(self.notes) == 1 else self.issued_by.copy()
        days = numpy.arange(1, setting.days + 1)
        self.centre = setting.centre * numpy.exp(noise.shift * days)

    def run(self, cancelled: Callable[[], bool]) -> Outcome:
        for day in range(self.setting.days):
            if cancelled():
                raise Cancelled
            self._move_price(day)
            if self.setting.sells_next_day:
                self._sell(day)
            self._push(with_today=True)
            sums = [self._sums(feed) for feed in range(len(self.windows))]
            for note in self.in_order:
                note.spend(day, sums[note.course.feed])
            if not self.setting.sells_next_day:
                self._sell(day)
            self._press()
            self._push(with_today=False)
            self._show(day)
        return self._outcome()

    def _move_price(self, day: int) -> None:
        numpy.multiply(self.noise.matrix[day], numpy.float32(self.noise.scale), out=self.step)
        self.walk += self.step
        spot = self.ground.spot
        numpy.exp(self.walk, out=spot)
        numpy.multiply(spot, numpy.float32(self.centre[day]), out=spot)
        if self.setting.impact:
            numpy.multiply(spot, self.ground.pressed, out=spot)
        numpy.minimum(self.lowest, spot, out=self.lowest)

    def _push(self, *, with_today: bool) -> None:
        for feed, rolling in zip(self.setting.feeds, self.windows, strict=True):
            if feed.with_today is with_today:
                spot = self.ground.spot
                rolling.push(spot if feed.part == 1 else spot * numpy.float32(feed.part))

    def _sums(self, feed: int) -> dict[Figure, Singles]:
        rolling = self.windows[feed]
        return dict(zip(rolling.figures, rolling.sums, strict=True))

    def _sell(self, day: int) -> None:
        """Every holder sells what it has, no more than the volume takes; its worth goes to the notes in step."""
        most, ground, step = self.setting.daily_sale, self.ground, self.step
        self.sold_today.fill(0)
        for unsold in ground.unsold:
            if most is None:
                numpy.copyto(step, unsold)
                unsold.fill(0)
            else:
                numpy.minimum(unsold, numpy.float32(most), out=step)
                unsold -= step
            self.sold_today += step
        numpy.multiply(self.sold_today, ground.spot, out=step)
        ground.sold += step
        step *= numpy.float32(self.setting.discount[day])
        ground.proceeds += step

    def _press(self) -> None:
        """Sales of shares equal to a part of the outstanding lower all later prices by `impact` times it."""
        ground = self.ground
        if not self.setting.impact or ground.outstanding is None:
            return
        numpy.divide(self.sold_today, ground.outstanding, out=self.step)
        self.step *= numpy.float32(-self.setting.impact)
        self.step += 1
        numpy.maximum(self.step, 0, out=self.step)
        ground.pressed *= self.step

    def _show(self, day: int) -> None:
        if self.shown:
            self.prices[day] = self.ground.spot[: self.shown]
            self.conversion_prices[day] = self.notes[0].price[: self.shown]
            self.issued_by[day] = self.notes[0].issued[: self.shown]
            if self.all_issued_by is not self.issued_by:
                parts = [note.issued[: self.shown] for note in self.notes]
                numpy.sum(parts, axis=0, out=self.all_issued_by[day])

    def _outcome(self) -> Outcome:
        ground = self.ground
        rest = ground.unsold.sum(axis=0) * ground.spot
        if ground.kept is not None:
            rest += ground.kept.sum(axis=0) * ground.spot
        outstanding = ground.outstanding
        if outstanding is None:
            outstanding = numpy.full(self.paths, numpy.nan, numpy.float32)
        return Outcome(
            tuple(note.outcome() for note in self.notes), outstanding, self.lowest, ground.spot,
            ground.stopped, ground.sold + rest,
            ground.proceeds + rest * numpy.float32(self.setting.discount[-1]),
            self.prices, self.conversion_prices, self.issued_by, self.all_issued_by,
        )  # fmt: skip


def begun(feed: Feed, paths: int) -> RollingSums:
    """The windows of a feed as the simulation begins, filled with the known past."""
    rolling = RollingSums(feed.figures, paths)
    for price in feed.past.tolist():
        rolling.push(price)
    if not rolling.sums:
        rolling.sums = [numpy.full(paths, numpy.nan, numpy.float32) for _ in feed.figures]
    return rolling
