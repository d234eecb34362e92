"""Worksheet formulas of prepayment: the percentage of a day, and what pays off a balance."""

from notemodeler.domain.repayment import PrepaymentBase
from notemodeler.io.workbook.shape import Shape

MOST_ROWS = 60
"""Excel nests no more than 64 functions."""


def percent(shape: Shape, number: str) -> str:
    """The part of the base on day `number`: that of the first row whose range has it, else what comes after.

    An empty text where the company may prepay only with the holder's consent.
    """
    rows = len(shape.note.repayment.prepayment_steps)
    if not rows:
        return "1"
    after = 'IF(OR(repayment_prepayment_after="",{0}<=MAX(prepayment_last_day)),"",repayment_prepayment_after)'
    formula = after.format(number)
    for row in range(rows, 0, -1):
        first, last = (f"INDEX(prepayment_{end}_day,{row})" for end in ("first", "last"))
        formula = (
            f"IF(AND({number}>={first},{number}<={last}),INDEX(prepayment_percent,{row}),{formula})"
        )
    return formula


def base(shape: Shape, principal: str, interest: str) -> str:
    """What the percentage applies to."""
    whole = f"ROUND({principal}+{interest},2)"
    if not shape.has_prepayment_table:
        return whole
    label = PrepaymentBase.PRINCIPAL.label
    return f'IF(repayment_prepayment_base="{label}",{principal},{whole})'


def total(percent_cell: str, base_cell: str, owed: str) -> str:
    """What pays the balance off: the percentage of the base, and the rest at par."""
    rest = f"{owed}-{base_cell}"
    return f'IF({percent_cell}="","",ROUND(ROUND({base_cell}*{percent_cell},2)+{rest},2))'
