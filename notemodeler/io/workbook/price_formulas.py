"""Worksheet formulas of the price rule: windows, why they give no price, the lows, the conversion price."""

from dataclasses import dataclass

from notemodeler.domain.rule import PriceComposition, PriceRounding
from notemodeler.engines.day_windows import Standing
from notemodeler.engines.pricing.lookback import LONGEST_REACH

ALONE = "[date]<=fixed_until"
"""Whether a fixed price counts alone on the notice day."""
REFUSED = f'[standing]="{Standing.RULE.label}"'


@dataclass(frozen=True, slots=True)
class Window:
    """The formulas of one look-back.

    `mark` ends the names of its columns; `lookback` and `lows` are the cells that say how many trading
    days it has and how many lows are averaged, of which `shown` have columns. `prices` names the prices,
    all in dollars of one day, and `carried` turns such a price into dollars of the notice day.
    """

    mark: str
    last_line: str
    lookback: str
    lows: str
    takes_last: str
    prices: str
    carried: str = ""
    shown: int = 1

    @property
    def range(self) -> str:
        """The prices from the first line of the window to the last."""
        return f"INDEX({self.prices},{self._at('first')}):INDEX({self.prices},{self._at('last')})"

    @property
    def last(self) -> str:
        """The line on which it ends."""
        return f"IF({ALONE},0,{self.last_line})"

    @property
    def first(self) -> str:
        """The line on which it starts: plain, or so far back that all its prices are found."""
        last, days = self._at("last"), self.lookback
        plain = f"{last}-{days}+1"
        reached = f"MATCH(INDEX(priced_days,{last})-{days}+1,priced_days,0)"
        return (
            f"IF({ALONE},0,IF(OR(reaches_back=0,{last}<1,{last}>ROWS(priced_days)),{plain},"
            f"IF(INDEX(priced_days,{last})<{days},{plain},"
            f"IF({last}-{reached}<{days}+{LONGEST_REACH},{reached},{plain}))))"
        )

    @property
    def found(self) -> str:
        """How many of its days have a price."""
        first, last = self._at("first"), self._at("last")
        return f"IF(OR({first}<1,{last}>ROWS(priced_days)),0,COUNT({self.range}))"

    @property
    def standing(self) -> str:
        """Why the window gives no price, or nothing."""
        first, last, found = self._at("first"), self._at("last"), self._at("found")
        return (
            f'IF({first}<1,"{Standing.BEFORE.label}",'
            f'IF({last}>ROWS(price_dates),"{Standing.AFTER.label}",'
            f'IF(OR(record_first="",INDEX(price_dates,{first})<record_first),"{Standing.BEFORE.label}",'
            f'IF(INDEX(price_dates,{last})>record_last,"{Standing.AFTER.label}",'
            f'IF(AND(refuses_gaps=1,{found}<{last}-{first}+1),"{Standing.GAP.label}",'
            f"IF({found}<MAX(1,{self.lows},reaches_back*{self.lookback}),"
            f'"{Standing.TOO_FEW.label}",""))))))'
        )

    def day(self, end: str) -> str:
        """The trading day of its first or last line, if the list has it."""
        line = self._at(end)
        first, last = self._at("first"), self._at("last")
        return f'IF(OR({first}<1,{last}>ROWS(price_dates)),"",INDEX(price_dates,{line}))'

    def low(self, place: int) -> str:
        """The place-th lowest price of the window."""
        nothing = f'{self._at("standing")}<>"",{self.lows}<{place},{ALONE}'
        return f'IF(OR({nothing}),"",SMALL({self.range},{place}){self.carried})'

    def low_day(self, place: int) -> str:
        """The day of that price; after an equal one the next day that has it."""
        low, price = self._at(f"low{place}"), f"SMALL({self.range},{place})"
        start = f"INDEX(price_dates,{self._at('first')}-1+MATCH({price},{self.range},0))"
        if place == 1:
            return f'IF({low}="","",{start})'
        line = f"MATCH({self._at(f'day{place - 1}')},price_dates,1)"
        rest = f"INDEX({self.prices},{line}+1):INDEX({self.prices},{self._at('last')})"
        return (
            f'IF({low}="","",IF({low}={self._at(f"low{place - 1}")},'
            f"INDEX(price_dates,{line}+MATCH({price},{rest},0)),{start}))"
        )

    def reference(self, lows: int) -> str:
        """The statistic over the window; the average passes over lows that are not taken."""
        line = f"MATCH(INDEX(priced_days,{self._at('last')}),priced_days,0)"
        return (
            f'IF(OR({self._at("standing")}<>"",{ALONE}),"",'
            f"IF({self.lows}>0,AVERAGE({self._at('low1')}:{self._at(f'low{lows}')}),"
            f"IF({self.takes_last}=1,INDEX({self.prices},{line}){self.carried},"
            f"AVERAGE({self.range}){self.carried})))"
        )

    def _at(self, name: str) -> str:
        return f"[{name}{self.mark}]"


@dataclass(frozen=True, slots=True)
class PriceParts:
    """The cells that the conversion price is made of on a notice day: names, or columns that change.

    `second` is the variable price of a second window; `issue_carry` turns a price in dollars of the
    issue date into one of the notice day, `par_carry` one in dollars of today.
    """

    windows: tuple[Window, ...]
    multiplier: str
    fixed: str
    second_multiplier: str = ""
    issue_carry: str = ""
    par_carry: str = ""
    has_par: bool = False

    @property
    def refused(self) -> str:
        """Whether the terms in force contradict each other."""
        variable = f'rule_composition="{PriceComposition.VARIABLE.label}"'
        lesser = f'rule_composition="{PriceComposition.LESSER_OF.label}"'
        crossed = f"N({self.fixed})<N(rule_floor_price){self.issue_carry}"
        many = ",".join(
            f"{window.lows}>MIN({window.shown},{window.lookback})" for window in self.windows
        )
        par = 'AND(rule_floor_at_par="yes",issuer_par_price=""),' if self.has_par else ""
        return (
            f"OR({par}AND(NOT({variable}),N({self.fixed})=0),AND(NOT({ALONE}),"
            f"OR({many},AND({lesser},ISNUMBER(rule_floor_price),{crossed}))))"
        )

    def standing(self, window: Window) -> str:
        """Why there is no price on account of the window; a fixed price alone looks at none."""
        refused = self.refused if window is self.windows[0] else REFUSED
        return f'IF({refused},"{Standing.RULE.label}",IF({ALONE},"",{window.standing}))'

    @property
    def composed(self) -> str:
        """The price before floor and rounding."""
        variable = f"[reference]*{self.multiplier}"
        failed = '[standing]<>""'
        if len(self.windows) > 1:
            variable = f"MIN({variable},[reference_2]*{self.second_multiplier})"
            failed = 'OR([standing]<>"",[standing_2]<>"")'
        return (
            f'IF({failed},"",IF({ALONE},{self.fixed},'
            f'IF(rule_composition="{PriceComposition.LESSER_OF.label}",MIN({variable},{self.fixed}),'
            f'IF(rule_composition="{PriceComposition.GREATER_OF.label}",MAX({variable},{self.fixed}),'
            f"{variable}))))"
        )

    @property
    def floored(self) -> str:
        """The price before rounding; MAX passes over an empty cell."""
        own = f"N(rule_floor_price){self.issue_carry}" if self.issue_carry else "rule_floor_price"
        par = f',IF(rule_floor_at_par="yes",issuer_par_price{self.par_carry},0)'
        return f'IF([composed]="","",MAX([composed],{own}{par if self.has_par else ""}))'

    @staticmethod
    def conversion(unrounded: str, *, needs_unfloored: bool) -> str:
        """The price as rounded; none where it, or that without the floor, rounds to zero."""
        lacking = f'OR({unrounded}="",[unfloored]="")' if needs_unfloored else f'{unrounded}=""'
        return f'IF({lacking},"",IF({unrounded}<least_price,"",{rounded(unrounded)}))'


def rounded(price: str) -> str:
    """The price rounded as the note says, without the last bits of binary arithmetic before."""
    tidy = f"ROUND({price},14-INT(LOG10({price})))"
    return (
        f'IF(rule_rounding="{PriceRounding.NONE.label}",{price},'
        f'IF(rule_rounding="{PriceRounding.DOWN.label}",ROUNDDOWN({tidy},rule_rounding_places),'
        f'IF(rule_rounding="{PriceRounding.UP.label}",ROUNDUP({tidy},rule_rounding_places),'
        f"ROUND({tidy},rule_rounding_places))))"
    )
