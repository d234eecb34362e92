"""How a term's value stands in a cell: what is written, how it looks, and what may be typed there."""

from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from notemodeler.domain.dates import EARLIEST, LATEST
from notemodeler.domain.kinds import ChoiceKind, FlagKind
from notemodeler.domain.numbers import FORM
from notemodeler.domain.terms import Term
from notemodeler.io.workbook.cells import Value
from notemodeler.io.workbook.sheet import Sheet

STYLES_OF_KIND = {
    "money": "amount", "price": "price", "rate": "rate", "count": "count", "shares": "count",
    "days": "count", "date": "date", "text": "text", "choice": "text", "flag": "text",
    "rows": "text", "multiple": "quantity", "number": "quantity",
}  # fmt: skip
PROMPT_LENGTH, TITLE_LENGTH, LIST_LENGTH = 255, 32, 255


def cell_value(term: Term, value: Any) -> Value:
    """A term's value as a cell holds it: choices and flags in the reader's words."""
    if isinstance(term.kind, ChoiceKind | FlagKind) and value is not None:
        return term.kind.show(value, FORM)
    return value if isinstance(value, str | int | Decimal | date) else None


def unit_of(term: Term) -> str:
    """The unit, and what an empty cell means."""
    if not term.empty:
        return term.unit
    return f"{term.unit}; empty: {term.empty}" if term.unit else f"empty: {term.empty}"


def allow(sheet: Sheet, cells: str, term: Term) -> None:
    """Let Excel refuse in these cells what the term's kind and hard bounds refuse."""
    rule = DataValidation(allow_blank=term.optional, showErrorMessage=True, **_allowed(term))
    rule.errorTitle = term.label[:TITLE_LENGTH]
    rule.error = f"{term.label} cannot have this value."[:PROMPT_LENGTH]
    rule.add(cells)
    sheet.worksheet.add_data_validation(rule)


def _allowed(term: Term) -> dict[str, Any]:
    if isinstance(term.kind, ChoiceKind):
        return {"type": "list", "formula1": _list([choice.label for choice in term.kind.choices])}
    if isinstance(term.kind, FlagKind):
        return {"type": "list", "formula1": _list(["yes", "no"])}
    if term.kind.name == "date":
        first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (EARLIEST, LATEST))
        return {"type": "date", "operator": "between", "formula1": first, "formula2": last}
    kind = "whole" if term.kind.name in ("count", "shares", "days") else "decimal"
    least = format(Decimal(term.minimum or 0), "f")
    if term.maximum is None:
        return {"type": kind, "operator": "greaterThanOrEqual", "formula1": least}
    most = format(Decimal(term.maximum), "f")
    return {"type": kind, "operator": "between", "formula1": least, "formula2": most}


def _list(labels: list[str]) -> str:
    joined = ",".join(labels)
    if any("," in label or '"' in label for label in labels) or len(joined) > LIST_LENGTH - 2:
        raise ValueError(f"a list in a cell cannot hold these labels: {labels}")
    return f'"{joined}"'
