"""The formulas of the Ledger sheet, by what a step is; a step without a formula has an empty cell."""

from notemodeler.domain.note import Compounding
from notemodeler.io.workbook import share_formulas as count
from notemodeler.io.workbook.steps import SETTLING, StepKind

Formulas = dict[StepKind, str]

STARTS = (StepKind.WAITING, StepKind.START)
LATER = tuple(kind for kind in StepKind if kind not in STARTS)
EVENTS = (StepKind.DEFAULT, *SETTLING)


def on(kinds: tuple[StepKind, ...], formula: str) -> Formulas:
    """The same formula for several kinds of step."""
    return dict.fromkeys(kinds, formula)


def on_later(formula: str) -> Formulas:
    """A formula for every step that has one before it."""
    return on((StepKind.START, *LATER), formula)


def on_conversion(formula: str) -> Formulas:
    return {StepKind.CONVERSION: formula}


ASKED = "MIN([asked],[owed])"
"""The amount entered, or all that is owed: MIN passes over an empty cell."""

BOOKED_PRICE = (
    'IF([stated_price]<>"",[stated_price],INDEX(conversion_price,MATCH([date],notice_date,1)'
    "+IF(AND(window_shift=0,INDEX(notice_date,MATCH([date],notice_date,1))<[date]),1,0)))"
)
"""The price as reported, or that of the notice day; on a closed day that of the next window."""

HELD = 'conversion_holder_shares+IF(conversion_lots_are_sold="yes",0,SUM([!shares]:[^shares]))'
ASKED_SHARES = count.fifteen_digits(f"({ASKED}/[price])")
CONVERTED = (
    f'IF(OR([stated_shares]<>"",[limit]=""),{ASKED},'
    f"IF({count.whole_shares('[asked_exact]')}<=[limit],{ASKED},"
    f"MIN({ASKED},ROUNDDOWN(ROUND([limit]*[price],8),2))))"
)
"""What is asked, cut to what the ownership limit allows unless the shares are as reported."""

EXACT_SHARES = count.fifteen_digits("([settled]/[price])")
SHARES = f'IF([stated_shares]<>"",[stated_shares],{count.whole_shares("[exact]")})'
SETTLED = on(SETTLING, ASKED) | on_conversion(CONVERTED)
SETTLED_INTEREST = (
    "IF(interest_first=1,MIN([settled],[interest_before]),"
    "ROUND(MAX(0,[settled]-[principal_before]-[default_before]),2))"
)
SETTLED_PRINCIPAL = (
    "IF(interest_first=1,MIN([principal_before],ROUND(MAX(0,[settled]-[interest_before]),2)),"
    "MIN([principal_before],[settled]))"
)
SETTLED_DEFAULT = "ROUND([settled]-[settled_interest]-[settled_principal],2)"
DEFAULT_ADDED = (
    "IF(multiple_due=1,0,ROUND(ROUND(([principal_before]+[exact_interest]+[default_before])"
    "*multiple_due,2)-[owed],2))"
)
PRINCIPAL = on(STARTS, "note_principal_amount") | on(
    LATER, "ROUND([principal_before]-N([settled_principal]),2)"
)
INTEREST = on(EVENTS, "ROUND([interest_before]-N([settled_interest]),2)") | {
    StepKind.MONTH: "[exact_interest]"
}
DEFAULT_SUM = on(LATER, "ROUND([default_before]-N([settled_default])+N([default_added]),2)")
FRESH = "MAX(0,MAX(0,[exact_interest]-([^bearing]-[^principal]))-N([settled_interest]))"
"""Interest that has come up since interest was last added to what bears interest."""

BEARING_AFTER_EVENT = {
    Compounding.SIMPLE: "[principal]",
    Compounding.DAILY: "[principal]+[interest]",
    Compounding.MONTHLY: f"[principal]+MAX(0,[interest]-{FRESH})",
}


def bearing(compounding: Compounding) -> Formulas:
    """What bears interest from the step on."""
    return {
        StepKind.START: "[principal]",
        StepKind.MONTH: "[principal]+[interest]",
        **on(EVENTS, BEARING_AFTER_EVENT[compounding]),
    }
