"""The notice of one day of a holder's cycle: for how much, or what is in its way."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from notemodeler.engines.conversion_limits import Counts, ownership_room
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.continuation import PricePath
from notemodeler.engines.decisions.cycle_figures import CycleEnd
from notemodeler.engines.decisions.cycle_run import CycleRun
from notemodeler.engines.trade import Trade


class Obstacle(NamedTuple):
    """What is in the way of a notice, in words of its own if there are any."""

    end: CycleEnd
    words: str = ""


@dataclass(frozen=True)
class Notices:
    """Gives the notices of a cycle: as much as all limits allow, unless the holder would pay above the market."""

    case: Case
    path: PricePath
    run: CycleRun

    def give(self, day: date) -> Obstacle | None:
        """One notice if it can be given, else what is in its way."""
        if not self.run.owed(day):
            return Obstacle(CycleEnd.NOTHING_OWED)
        counts = self.run.counts.on(day)
        headroom = self._headroom(day, counts)
        if full := self._full(day, counts, headroom):
            return full
        trade = self.run.trade(day)
        if trade is None:
            issues = self.run.finding(day).issues
            return Obstacle(
                CycleEnd.NO_PRICE, next((each.text for each in issues if each.is_error), "")
            )
        if self._above_market(day, trade):
            floored = self.run.finding(day).floor_binds
            words = "The floor holds the conversion price above the market." if floored else ""
            return Obstacle(CycleEnd.ABOVE_MARKET, words)
        return self._give(day, trade, headroom)

    def _give(self, day: date, trade: Trade, headroom: int | None) -> Obstacle | None:
        """The notice at the day's trade; a rest that buys no share is as good as nothing owed."""
        owed, fee = self.run.owed(day), self.case.note.conversion.fee_amount
        wanted, amount = trade.shares(owed + fee), None
        if not wanted:
            return Obstacle(CycleEnd.NOTHING_OWED)
        if headroom is not None and wanted > headroom:
            amount = min(owed, trade.amount(headroom, fee))
            if not amount:
                return self._out_of_shares(day)
        words = self.run.convert(day, amount)
        return Obstacle(CycleEnd.TOO_SMALL, words) if words else None

    def _headroom(self, day: date, counts: Counts) -> int | None:
        """What the charter leaves to issue, if charter and count are known."""
        authorised = self.case.authorised_on(day)
        if authorised is None or counts.outstanding is None:
            return None
        return max(0, authorised - counts.outstanding)

    def _full(self, day: date, counts: Counts, headroom: int | None) -> Obstacle | None:
        """The limit that leaves no room at all."""
        if headroom == 0:
            return self._out_of_shares(day)
        if counts.exchange == 0:
            return Obstacle(CycleEnd.EXCHANGE_CAP)
        if ownership_room(self.case.note.conversion, counts) == 0:
            return Obstacle(CycleEnd.AT_LIMIT)
        return None

    def _out_of_shares(self, day: date) -> Obstacle:
        """For good, unless the charter is known to change later."""
        later = any(row.from_date > day for row in self.case.issuer.shares_authorised)
        return Obstacle(CycleEnd.CHARTER if later else CycleEnd.AUTHORISED)

    def _above_market(self, day: date, trade: Trade) -> bool:
        """A floor that the company makes up for is no bar: without it the price would be lower."""
        known = self.path.known_on(day)
        price = trade.price if trade.unfloored is None else trade.unfloored
        return known is not None and known.price is not None and price > known.price
