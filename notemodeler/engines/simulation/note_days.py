"""One note of a block of paths: its price, its notices within every limit, and what they come to."""

from dataclasses import replace

import numpy

from notemodeler.engines.simulation.draws import Singles
from notemodeler.engines.simulation.formula import Formula, Sums
from notemodeler.engines.simulation.ground import Ground
from notemodeler.engines.simulation.outcome import NoteOutcome
from notemodeler.engines.simulation.policies import Flags, Sight
from notemodeler.engines.simulation.setting import NoteCourse, Setting
from notemodeler.engines.simulation.trigger_days import TriggerDays

SETTLED = numpy.float32(2e-6)
"""A rest of a note as small as the rounding of single precision is nothing."""
NEARLY = 1e-6
"""What single precision does not tell apart."""


class NoteDays:
    """A note while the days go by; it works on what it shares with the other notes in place."""

    def __init__(self, setting: Setting, course: NoteCourse, ground: Ground) -> None:
        self.setting, self.course, self.ground = setting, course, ground
        paths = len(ground.spot)
        self.price = numpy.full(paths, numpy.nan, numpy.float32)
        self.left = numpy.ones(paths, numpy.float32)
        self.issued, self.given, self.cash, self.matured, self.value, self.short = (
            numpy.zeros(paths, numpy.float32) for _ in range(6)
        )
        self.converted = numpy.zeros(paths, numpy.float32)
        self.gone = numpy.zeros(paths, numpy.int16)
        self.used = numpy.full(paths, course.month_used, numpy.float32)
        self.triggers = TriggerDays(course.rule.triggers, setting.feeds[course.feed].part, paths)
        self.unfloored: Singles | None = None
        self.formula: Formula | None = None
        self._first_owed = int(numpy.argmax(course.owed > 0))
        self._ends_today = setting.feeds[course.feed].with_today
        self._amount = numpy.empty(paths, numpy.float32)
        self._shares = numpy.empty(paths, numpy.float32)
        self._room = numpy.empty(paths, numpy.float32)
        self._bare = numpy.empty(paths, numpy.float32)
        self._is_over = False

    def spend(self, day: int, sums: Sums) -> None:
        """One trading day of the note."""
        course = self.course
        if day > course.ends:
            return
        if self._ends_today:
            self.triggers.see_today(self.ground.spot)
        self._find_price(day, sums)
        self._begin_month(day)
        if not self._is_over:
            self._recover(day)
            if day >= course.opens and course.owed[day] > 0:
                self._convert(day, sums)
            self._pay(day)
            if day == course.ends:
                self._mature(day)
        self.triggers.see(self.ground.spot)
        alive = numpy.greater(self.left, SETTLED)
        if course.owed[day] > 0 or day < self._first_owed:
            numpy.add(self.gone, alive, out=self.gone)
        if day % 8 == 7 and not self._is_over:
            self._is_over = not alive.any()

    def _find_price(self, day: int, sums: Sums) -> None:
        rule = self.course.rule
        row = rule.formulas[rule.of_day[day]]
        self.formula = row[0]
        self.unfloored = None
        if len(row) == 1:
            if self.formula is None:
                self.price.fill(numpy.nan)
                return
            self.price = self.formula.prices(sums, self.price)
            self.unfloored = self.formula.unfloored(sums, self._bare)
            return
        self.price, self.unfloored = self.triggers.prices(row, sums, self.ground.spot)

    def _begin_month(self, day: int) -> None:
        month = self.course.month
        if self.course.month_cap is not None and day and month[day] != month[day - 1]:
            self.used.fill(0)

    def _recover(self, day: int) -> None:
        """What is recovered if the company fails before the holder can act on the day."""
        recovery = self.setting.recovery[day]
        if recovery:
            self.value += self.left * numpy.float32(recovery * self.course.claims[day])

    def _pay(self, day: int) -> None:
        """What falls due in cash on the day, on what was not converted by then."""
        due = self.course.cash[day]
        if due:
            self.cash += self.left * numpy.float32(due)
            self.value += self.left * numpy.float32(due * self.setting.discount[day])

    def _mature(self, day: int) -> None:
        course = self.course
        numpy.multiply(self.left, numpy.float32(course.due), out=self.matured)
        self.value += self.left * numpy.float32(course.due_worth * self.setting.discount[day])
        self.left.fill(0)

    def _convert(self, day: int, sums: Sums) -> None:
        course, ground = self.course, self.ground
        counting = self._counting()
        amount, wanted = self._amount, numpy.float32(course.owed[day])
        numpy.multiply(self.left, wanted, out=amount)
        room = self._share_room(day)
        most = None
        if room is not None:
            most = numpy.multiply(room, counting, out=self._room)
            if course.fee:
                most -= numpy.float32(course.fee)
        sight = Sight(
            day, ground.spot, self._felt(counting), self.left,
            None if most is None else most / wanted, sums,
        )  # fmt: skip
        self._cut(amount, most)
        headroom = self._headroom(day)
        if headroom is not None:
            self._stop(sight, amount, headroom * counting - numpy.float32(course.fee))
        wants = course.policy.wants(sight)
        if course.minimum:
            wants &= (amount >= numpy.float32(course.minimum)) | (amount >= self.left * wanted)
        self._book(day, wants & (amount > 0), counting, wanted)

    def _counting(self) -> Singles:
        """The price by which shares are counted: that without the floor where principal is added for it."""
        if self.unfloored is None or (self.formula and self.formula.pays_for_floor):
            return self.price
        return self.unfloored

    def _felt(self, counting: Singles) -> Singles:
        """What a share costs the holder in dollars of the balance, cash for a floor counted in."""
        return counting if self.unfloored is None else self.unfloored

    def _share_room(self, day: int) -> Singles | None:
        """The most new shares that ownership limit and exchange cap leave; None for no end."""
        course, ground = self.course, self.ground
        found: Singles | None = None
        if course.limit is not None and ground.outstanding is not None:
            whole = numpy.float32(1 / (1 - course.limit))
            found = ground.outstanding * (numpy.float32(course.limit) * whole)
            held = ground.unsold[course.holder] + numpy.float32(course.own_shares)
            if ground.kept is not None:
                held += ground.kept[course.holder]
            found -= held * whole
            numpy.maximum(found, 0, out=found)
        if course.exchange_room is not None:
            found = _lesser(found, numpy.float32(course.exchange_room) - self.issued)
        return found

    def _headroom(self, day: int) -> Singles | None:
        """The shares that the charter has left; None where it is not known."""
        authorised, outstanding = self.setting.authorised[day], self.ground.outstanding
        if outstanding is None or authorised == numpy.inf:
            return None
        left: Singles = numpy.maximum(numpy.float32(authorised) - outstanding, 0)
        return left

    def _stop(self, sight: Sight, amount: Singles, most: Singles) -> None:
        """Cuts the amount to what the charter lets go, and notes where it holds a conversion back."""
        above = amount > most * numpy.float32(1 + NEARLY)
        if above.any():
            stops = above & self.course.policy.wants(replace(sight, what_if=True))
            if self.course.minimum:
                stops &= amount >= numpy.float32(self.course.minimum)
            numpy.maximum(self.ground.stopped, stops, out=self.ground.stopped)
        numpy.minimum(amount, most, out=amount)
        part = most / numpy.float32(self.course.owed[sight.day])
        sight.most = _lesser(sight.most, part)

    def _cut(self, amount: Singles, most: Singles | None) -> None:
        course = self.course
        if most is not None:
            numpy.minimum(amount, most, out=amount)
        if course.month_cap is not None:
            numpy.minimum(amount, numpy.float32(course.month_cap) - self.used, out=amount)
        if course.policy.amount is not None:
            numpy.minimum(amount, numpy.float32(course.policy.amount), out=amount)

    def _book(self, day: int, goes: Flags, counting: Singles, wanted: numpy.float32) -> None:
        """A conversion on the paths where it goes; `amount` becomes shares, the balance falls by its part."""
        amount, shares, ground, course = self._amount, self._shares, self.ground, self.course
        stays = ~goes
        numpy.copyto(amount, numpy.float32(0), where=stays)
        self.converted += amount
        if course.month_cap is not None:
            self.used += amount
        if self.unfloored is not None and self.formula and self.formula.pays_for_floor:
            self._make_whole(day, goes, amount)
        numpy.add(amount, numpy.float32(course.fee), out=shares)
        numpy.divide(shares, counting, out=shares)
        numpy.copyto(shares, numpy.float32(0), where=stays)
        amount /= wanted
        self.left -= amount
        numpy.copyto(self.left, numpy.float32(0), where=self.left <= SETTLED)
        self.issued += shares
        if course.sells or ground.kept is None:
            ground.unsold[course.holder] += shares
        else:
            ground.kept[course.holder] += shares
        if ground.outstanding is not None:
            ground.outstanding += shares
        if course.reserved is not None:
            numpy.maximum(self.short, self.issued > course.reserved, out=self.short)
        shares *= ground.spot
        self.given += shares
        shares *= numpy.float32(self.setting.discount[day])
        self.value += shares

    def _make_whole(self, day: int, goes: Flags, amount: Singles) -> None:
        """What the company pays in cash for the shares that the floor withholds."""
        assert self.unfloored is not None
        missing = amount / self.unfloored - amount / self.price
        paid = missing * numpy.maximum(self.ground.spot, self.unfloored)
        paid = numpy.where(goes & (paid > 0), paid, numpy.float32(0))
        self.cash += paid
        self.value += paid * numpy.float32(self.setting.discount[day])

    def outcome(self) -> NoteOutcome:
        return NoteOutcome(
            self.issued, self.converted, self.gone.astype(numpy.float32), self.matured, self.cash, self.given,
            self.value, self.short,
        )  # fmt: skip


def _lesser(one: Singles | None, other: Singles) -> Singles:
    return other if one is None else numpy.minimum(one, other)
