"""Worksheet formulas that count shares: what an amount buys, what is outstanding, what the limit allows."""

from notemodeler.domain.note import ShareRounding

REPORT = "INDEX(count_dates,MATCH([date],count_dates,1))"
REPORTED = "INDEX(count_shares,MATCH([date],count_dates,1))"

OUTSTANDING_BEFORE = (
    f'IFERROR({REPORTED}+SUMIFS(step_shares,step_date,">="&{REPORT},step_date,"<"&[date]),"")'
)
"""The last report plus what was issued from its day to the day before."""

HELD_BEFORE = (
    'conversion_holder_shares+IF(conversion_lots_are_sold="yes",0,'
    'SUMIFS(step_shares,step_date,"<"&[date]))'
)
LIMIT = (
    'IF(OR(conversion_ownership_limit="",[outstanding]=""),"",'
    "MAX(0,INT(ROUND((conversion_ownership_limit*[outstanding]-[held])"
    "/(1-conversion_ownership_limit),6))))"
)
"""The most new shares n with held + n no more than the limit's part of outstanding + n."""


def outstanding_with(shares: str, last: str) -> str:
    """The last report plus the column of shares issued since, from the first row to `last`."""
    return f'IFERROR({REPORTED}+SUMIF([!date]:{last}date],">="&{REPORT},[!{shares}]:{last}{shares}]),"")'


def fifteen_digits(quotient: str) -> str:
    """The quotient without the last bits of binary arithmetic, so that a whole number is one."""
    return f"IF({quotient}=0,0,ROUND({quotient},14-INT(LOG10({quotient}))))"


def whole_shares(exact: str) -> str:
    """The shares once a fraction is settled as the note says."""
    return (
        f'IF(conversion_share_rounding="{ShareRounding.DOWN.label}",ROUNDDOWN({exact},0),'
        f'IF(conversion_share_rounding="{ShareRounding.UP.label}",ROUNDUP({exact},0),'
        f"ROUND({exact},0)))"
    )
