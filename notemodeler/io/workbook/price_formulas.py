"""Worksheet formulas of the price rule: the window, why it gives no price, the lows, the conversion price."""

from notemodeler.domain.rule import PriceRounding
from notemodeler.engines.day_windows import Standing
from notemodeler.engines.pricing.lookback import LONGEST_REACH

WINDOW = "INDEX(prices,[first]):INDEX(prices,[last])"
"""The prices from the first line of the window to the last."""

PLAIN_START = "[last]-rule_lookback_days+1"
REACHED = "MATCH(INDEX(priced_days,[last])-rule_lookback_days+1,priced_days,0)"
FIRST_LINE = (
    f"IF(OR(reaches_back=0,[last]<1),{PLAIN_START},"
    f"IF(INDEX(priced_days,[last])<rule_lookback_days,{PLAIN_START},"
    f"IF([last]-{REACHED}<rule_lookback_days+{LONGEST_REACH},{REACHED},{PLAIN_START})))"
)
STANDING = (
    f'IF(rule_contradiction<>"",rule_contradiction,IF([first]<1,"{Standing.BEFORE.label}",'
    f'IF(OR(record_first="",[first_day]<record_first),"{Standing.BEFORE.label}",'
    f'IF([last_day]>record_last,"{Standing.AFTER.label}",'
    f'IF(AND(refuses_gaps=1,[found]<[last]-[first]+1),"{Standing.GAP.label}",'
    f'IF([found]<MAX(1,lows_taken,reaches_back*rule_lookback_days),"{Standing.TOO_FEW.label}",""))))))'
)
UNROUNDED = (
    'IF([reference]="","",MAX(MIN([reference]*rule_multiplier,rule_cap_price),rule_floor_price))'
)
"""MIN and MAX pass over an empty cell, so that no cap and no floor change nothing."""

CLEAN = "ROUND([unrounded],14-INT(LOG10([unrounded])))"
CONVERSION = (
    'IF([unrounded]="","",IF([unrounded]<least_price,"",'
    f'IF(rule_rounding="{PriceRounding.NONE.label}",[unrounded],'
    f'IF(rule_rounding="{PriceRounding.DOWN.label}",ROUNDDOWN({CLEAN},rule_rounding_places),'
    f'IF(rule_rounding="{PriceRounding.UP.label}",ROUNDUP({CLEAN},rule_rounding_places),'
    f"ROUND({CLEAN},rule_rounding_places))))))"
)


def low(place: int) -> str:
    """The place-th lowest price of the window."""
    return f'IF(OR([standing]<>"",lows_taken<{place}),"",SMALL({WINDOW},{place}))'


def low_day(place: int) -> str:
    """The day of that price; after an equal one the next day that has it."""
    from_start = f"INDEX(price_dates,[first]-1+MATCH([low{place}],{WINDOW},0))"
    if place == 1:
        return f'IF([low1]="","",{from_start})'
    line = f"MATCH([day{place - 1}],price_dates,1)"
    rest = f"INDEX(prices,{line}+1):INDEX(prices,[last])"
    return (
        f'IF([low{place}]="","",IF([low{place}]=[low{place - 1}],'
        f"INDEX(price_dates,{line}+MATCH([low{place}],{rest},0)),{from_start}))"
    )


def reference(lows: int) -> str:
    """The statistic over the window; the average passes over lows that are not taken."""
    return (
        f'IF([standing]<>"","",IF(lows_taken>0,AVERAGE([low1]:[low{lows}]),'
        "IF(takes_last=1,INDEX(prices,MATCH(INDEX(priced_days,[last]),priced_days,0)),"
        f"AVERAGE({WINDOW}))))"
    )
