"""Small tables in words: a row as one line, all rows as one summary."""

from collections.abc import Sequence
from typing import Any

from notemodeler.domain.dates import show_date
from notemodeler.domain.default import DefaultSum
from notemodeler.domain.issuer import AuthorisedShares, Split, StatusEvent
from notemodeler.domain.numbers import Style
from notemodeler.domain.repayment import Instalment, PrepaymentStep
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.domain.scenario import DrawnPoint
from notemodeler.domain.terms import Field, fields_of
from notemodeler.ui.forms.folding import NONE
from notemodeler.ui.forms.readings import show_term, unit_marks


def row_words(row: Any, style: Style) -> str:
    """One row as a line, such as `Days 0–30: 115 %`."""
    cell = _cells(row, style)
    match row:
        case PrepaymentStep():
            return f"Days {cell['first_day']}–{cell['last_day']}: {cell['percent']}"
        case AuthorisedShares():
            return f"{cell['shares']} from {cell['from_date']}"
        case Split():
            return f"{cell['new_shares']} for {cell['old_shares']} on {cell['date']}"
        case StatusEvent():
            until = f" to {cell['until_date']}" if row.until_date else ""
            return f"{cell['kind']} from {cell['from_date']}{until}"
        case RuleStep():
            return f"{_trigger(row, cell)}: {_outcome(row, style)}"
        case Instalment():
            extra = f", {cell['premium']} premium" if row.premium else ""
            return f"{cell['date']}: {cell['amount']}, {cell['settled']}{extra}"
        case DefaultSum():
            return f"{cell['multiple']} on {cell['event']}"
        case DrawnPoint():
            return f"{cell['date']}: {cell['price']}"
    return _labelled(row, _columns(row), style)


def rows_summary(rows: Sequence[Any], style: Style) -> str:
    """All rows in a few words, such as `115 % to 140 % over days 0–180`."""
    if not rows:
        return NONE
    if len(rows) == 1:
        return row_words(rows[0], style)
    match rows[0]:
        case PrepaymentStep():
            return _ranges(rows, style)
        case AuthorisedShares():
            latest = max(rows, key=lambda row: row.from_date)
            return f"{row_words(latest, style)} ({len(rows)} rows)"
        case Split():
            return f"{len(rows)} splits, the last {row_words(rows[-1], style)}"
        case Instalment():
            first, last = min(row.date for row in rows), max(row.date for row in rows)
            return f"{len(rows)} instalments, {show_date(first)} to {show_date(last)}"
        case RuleStep():
            return f"{len(rows)} steps"
        case DefaultSum():
            return ", ".join(row_words(row, style) for row in rows)
    return f"{len(rows)} rows"


def _cells(row: Any, style: Style) -> dict[str, str]:
    """The cells as text with their dollar signs; an empty one says what that means."""
    return {field.leaf: _cell(field, getattr(row, field.leaf), style) for field in _columns(row)}


def _columns(row: Any) -> tuple[Field, ...]:
    noun: type = type(row)
    return fields_of(noun, "row")


def _cell(field: Field, value: Any, style: Style) -> str:
    if value is None:
        return field.term.empty
    return unit_marks(field.term)[0] + show_term(field.term, value, style)


def _trigger(row: RuleStep, cell: dict[str, str]) -> str:
    words = row.trigger.label
    if row.trigger is StepTrigger.FROM_DATE:
        words = f"from {cell['from_date']}"
    elif row.trigger in (StepTrigger.PRICE_FELL, StepTrigger.PRICE_LOW):
        words = f"{words} {cell['trigger_price']}"
    return words[:1].upper() + words[1:]


def _outcome(row: RuleStep, style: Style) -> str:
    changes = ("multiplier", "extra_discount", "lookback_days", "fixed_price")
    fields = [field for field in fields_of(RuleStep, "row") if field.leaf in changes]
    return _labelled(row, fields, style) or "nothing changes"


def _labelled(row: Any, fields: Sequence[Field], style: Style) -> str:
    """The cells that are filled, each after its heading."""
    return ", ".join(
        f"{field.term.label.lower().removeprefix('new ')} {_cell(field, getattr(row, field.leaf), style)}"
        for field in fields
        if getattr(row, field.leaf) is not None
    )


def _ranges(rows: Sequence[PrepaymentStep], style: Style) -> str:
    show = fields_of(PrepaymentStep, "row")[2].term.kind.show
    percents = [row.percent for row in rows]
    low, high = show(min(percents), style), show(max(percents), style)
    at = low if low == high else f"{low} to {high}"
    first, last = min(row.first_day for row in rows), max(row.last_day for row in rows)
    return f"{at} over days {first}–{last}"
