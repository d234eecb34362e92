"""The formulas of the Ledger sheet, by what a step is; a step without a formula has an empty cell.

`{months}`, `{rate}`, `{place}` and `{fee}` are filled in for each step.
"""

from notemodeler.domain.default import DefaultBase
from notemodeler.domain.interest import Compounding, InterestCharge
from notemodeler.engines.interest_charge import FOR_DAYS, ONCE
from notemodeler.io.workbook import share_formulas as count
from notemodeler.io.workbook.shape import Shape
from notemodeler.io.workbook.steps import SETTLING, StepKind

Formulas = dict[StepKind, str]

STARTS = (StepKind.WAITING, StepKind.START)
LATER = tuple(kind for kind in StepKind if kind not in STARTS)
EVENTS = (StepKind.CHARGE, StepKind.DEFAULT, StepKind.PENALTY, *SETTLING)
QUIET = (StepKind.MONTH, StepKind.ACCRUAL)
CASH = tuple(kind for kind in SETTLING if kind is not StepKind.CONVERSION)


def on(kinds: tuple[StepKind, ...], formula: str) -> Formulas:
    """The same formula for several kinds of step."""
    return dict.fromkeys(kinds, formula)


def on_later(formula: str) -> Formulas:
    """A formula for every step that has one before it."""
    return on((StepKind.START, *LATER), formula)


def on_conversion(formula: str) -> Formulas:
    return {StepKind.CONVERSION: formula}


DATES: Formulas = {
    StepKind.WAITING: "note_funding_date",
    StepKind.START: "interest_start",
    StepKind.MONTH: "EDATE(interest_start,{months})",
    StepKind.ACCRUAL: "charge_end",
    StepKind.CHARGE: "charge_date",
    StepKind.DEFAULT: "MAX(default_default_date,interest_start,note_funding_date)",
}
INSTALMENT_DATE = "MAX(INDEX(instalments_date,{place}),interest_start,note_funding_date)"
INSTALMENT_AMOUNT = 'IF(INDEX(instalments_amount,{place})="","",INDEX(instalments_amount,{place}))'

NOTICE = (
    "MATCH([date],notice_date,1)"
    "+IF(AND(window_shift=0,INDEX(notice_date,MATCH([date],notice_date,1))<[date]),1,0)"
)
"""The place of the notice day; on a closed day that of the next one, whose window ends on the same day."""

BOOKED_PRICE = f'IF([stated_price]<>"",[stated_price],INDEX(conversion_price,{NOTICE}))'
UNFLOORED = f'IF([stated_price]<>"","",IF(INDEX(notice_binds,{NOTICE})=1,INDEX(notice_unfloored,{NOTICE}),""))'
"""The price without the floor where it binds."""

COUNTING = 'IF([unfloored]="",[price],[unfloored])'


def market_price(prices: str, carried: str) -> str:
    """The last price by the day, in dollars of the day."""
    known = "INDEX(priced_days,MATCH([date],price_dates,1))"
    price = f"INDEX({prices},MATCH({known},priced_days,0)){carried}"
    return f'IF([unfloored]="","",IFERROR(IF({known}=0,[unfloored],{price}),[unfloored]))'


def wanted(shape: Shape, counting: str) -> str:
    """The dollars asked for: no more than is owed, nor than the month still allows."""
    reported = f"MAX(0,ROUND([stated_shares]*{counting}-{{fee}},2))"
    asked = f'MIN(IF([asked]<>"",[asked],IF([stated_shares]<>"",{reported},[owed])),[owed])'
    return (
        f'IF([stated_shares]<>"",{asked},MIN({asked},[month_left]))'
        if shape.has_month_cap
        else asked
    )


def exact_shares(amount: str, counting: str) -> str:
    """The shares for an amount and the fee, a fraction included."""
    return count.fifteen_digits(f"(({amount}+{{fee}})/{counting})")


def cut(amount: str, exact: str, limit: str, counting: str) -> str:
    """What a limit on new shares leaves of an amount, unless the shares are as reported."""
    most = f"MAX(0,ROUNDDOWN(ROUND({limit}*{counting}-{{fee}},8),2))"
    return (
        f'IF(OR([stated_shares]<>"",{limit}=""),{amount},'
        f"IF({count.whole_shares(exact)}<={limit},{amount},MIN({amount},{most})))"
    )


def month_left(name: str, kind: StepKind) -> str:
    """What is left of a monthly amount after the steps above of the same kind and month."""
    used = f'SUMIFS([!settled]:[^settled],[!month]:[^month],[month],[!what]:[^what],"{kind.value}")'
    return f"MAX(0,ROUND({name}-{used},2))"


def shares_issued() -> str:
    return f'IF([stated_shares]<>"",[stated_shares],{count.whole_shares("[exact]")})'


def settled(shape: Shape, counting: str) -> Formulas:
    """What each kind of step takes off the balance."""
    redeemed = 'IF([asked]="",[owed],MIN([asked],[owed]))'
    if shape.note.repayment.redemption_monthly_amount is not None:
        redeemed = 'IF([asked]="",MIN([owed],[redeemable]),MIN([asked],[owed]))'
    paid = "MIN([asked],[owed])"
    prepaid = paid
    if shape.has_prepayment_table:
        part = "MIN([owed],ROUND([asked]*[owed]/[payoff],2))"
        prepaid = f'IF([payoff]="",{paid},IF(OR([asked]="",[asked]>=[payoff]),[owed],{part}))'
    converted = cut("[wanted]", "[asked_exact]", "[limit]", counting)
    if shape.has_exchange_cap:
        within = exact_shares("[within_limit]", counting)
        converted = cut("[within_limit]", within, "[exchange]", counting)
    return {
        StepKind.PAYMENT: paid,
        StepKind.PREPAYMENT: prepaid,
        StepKind.REDEMPTION: redeemed,
        StepKind.INSTALMENT: paid,
        StepKind.CONVERSION: converted,
    }


def cash(shape: Shape) -> Formulas:
    """What the company pays in cash: premiums, and what comes besides shares, included."""
    plain = "[settled]"
    premium = "ROUND([settled]+ROUND([settled]*INDEX(instalments_premium,{place}),2),2)"
    prepaid = plain
    if shape.has_prepayment_table:
        prepaid = 'IF([payoff]="",[settled],IF(OR([asked]="",[asked]>=[payoff]),[payoff],[asked]))'
    amount, parts = "([settled]+{fee})", []
    if shape.makes_whole:
        missing = f"{amount}/[unfloored]-{amount}/[price]"
        parts.append(f'IF([unfloored]="",0,ROUND(({missing})*MAX([market],[unfloored]),2))')
    parts.append(
        'IF(AND(conversion_cash_in_lieu="yes",conversion_share_rounding="down"),'
        "ROUND(([exact]-[shares])*[price],2),0)"
    )
    return {
        StepKind.PAYMENT: plain,
        StepKind.PREPAYMENT: prepaid,
        StepKind.REDEMPTION: plain,
        StepKind.INSTALMENT: premium,
        StepKind.CONVERSION: f'IF([stated_shares]<>"",0,ROUND({"+".join(parts)},2))',
    }


def added(shape: Shape) -> Formulas:
    """The principal that a penalty adds, or a floor that is converted at once with what it adds."""
    penalty = 'IF([asked]<>"",[asked],ROUND([late_days]*default_penalty_per_day_amount,2))'
    formulas: Formulas = {StepKind.PENALTY: penalty}
    if shape.adds_principal:
        amount = "([settled]+{fee})"
        raised = f"ROUND({amount}*[price]/[unfloored]-{amount},2)"
        formulas |= on_conversion(f'IF(OR([unfloored]="",[stated_shares]<>""),0,{raised})')
    return formulas


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
    f'IF(multiple_due=1,0,IF(default_base="{DefaultBase.PRINCIPAL.label}",'
    "ROUND([principal_before]*(multiple_due-1),2),"
    "ROUND(ROUND(([principal_before]+[exact_interest]+[default_before])*multiple_due,2)-[owed],2)))"
)


def charged(charge: InterestCharge) -> str:
    """The interest earned at once."""
    if charge is InterestCharge.GUARANTEED:
        return "interest_of_days"
    return "ROUND([principal_before]*interest_rate,2)"


PRINCIPAL = (
    on(STARTS, "note_principal_amount")
    | on(LATER, "ROUND([principal_before]-N([settled_principal]),2)")
    | {StepKind.PENALTY: "ROUND([principal_before]+[added],2)"}
)
INTEREST = (
    on(EVENTS, "ROUND([interest_before]-N([settled_interest]),2)")
    | {StepKind.CHARGE: "ROUND([interest_before]+[charged],2)"}
    | on(QUIET, "[exact_interest]")
)
DEFAULT_SUM = on(LATER, "ROUND([default_before]-N([settled_default])+N([default_added]),2)")
PENDING = "MAX(0,[exact_interest]-([^bearing]-[^principal]))"
"""Interest that has come up since interest was last added to what bears interest."""


def bearing(compounding: Compounding) -> Formulas:
    """What bears interest from the step on."""
    if compounding is Compounding.SIMPLE:
        after = on(EVENTS, "[principal]")
    elif compounding is Compounding.DAILY:
        after = on(EVENTS, "[principal]+[interest]")
    else:
        fresh = f"MAX(0,{PENDING}-N([settled_interest]))"
        after = on(EVENTS, f"[principal]+MAX(0,[interest]-{fresh})")
        after |= {StepKind.CHARGE: f"[principal]+MAX(0,[interest]-({PENDING}+[charged]))"}
    return {
        StepKind.START: "[principal]",
        StepKind.MONTH: "[principal]+[interest]",
        StepKind.ACCRUAL: "[^bearing]",
        **after,
    }


def rate(charge: InterestCharge, *, in_default: bool) -> str:
    """The yearly rate from the step on."""
    if in_default:
        return "interest_default_rate"
    if charge in ONCE:
        return "0"
    return "IF([date]<charge_end,0,interest_rate)" if charge in FOR_DAYS else "interest_rate"
