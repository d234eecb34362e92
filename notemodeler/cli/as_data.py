"""Results as JSON and CSV hold them: decimals as text, ISO dates, nothing that a spreadsheet would run."""

import csv
import io
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from notemodeler.domain.columns import Column
from notemodeler.domain.issues import Issue
from notemodeler.domain.numbers import CANONICAL
from notemodeler.engines.pricing.finding import WindowDay
from notemodeler.engines.quote import LimitFinding, Quote
from notemodeler.engines.schedule import COLUMNS, ScheduleRow

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(data: object) -> str:
    """The text of a command's JSON."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def decimal_text(value: Decimal | None) -> str | None:
    """The decimal without exponent, None as None."""
    return None if value is None else format(value, "f")


def quote_data(
    quote: Quote, clause: str, annual_cost: float | None, of_document: Iterable[Issue] = ()
) -> dict[str, Any]:
    """A quote with everything that led to it, and the issues of the document that it rests on."""
    price = quote.price
    return {
        "notice_date": quote.notice_date.isoformat(),
        "clause": clause,
        "window": [_window_day(day) for day in price.window],
        "reference_price": decimal_text(price.reference_price),
        "second_window": [_window_day(day) for day in price.second],
        "second_reference_price": decimal_text(price.second_reference),
        "conversion_price": decimal_text(price.conversion_price),
        "unfloored_price": decimal_text(price.unfloored_price),
        "floor_binds": price.floor_binds,
        "steps": [
            {"label": step.label, "arithmetic": step.arithmetic, "value": decimal_text(step.value)}
            for step in price.steps
        ],
        "principal": decimal_text(quote.owed.principal),
        "accrued_interest": decimal_text(quote.owed.interest),
        "default_sum": decimal_text(quote.owed.default_sum),
        "convertible_amount": decimal_text(quote.convertible_amount),
        "fee": decimal_text(quote.fee),
        "cash": decimal_text(quote.cash),
        "principal_added": decimal_text(quote.added),
        "shares": quote.shares,
        "shares_outstanding": quote.outstanding,
        "share_of_company": decimal_text(quote.share_of_company),
        **_limit_data(quote.limit),
        "market_price": decimal_text(quote.market.price) if quote.market else None,
        "market_price_date": quote.market.date.isoformat() if quote.market else None,
        "market_value": decimal_text(quote.market_value),
        "annual_cost": None if annual_cost is None else round(annual_cost, 6),
        "issues": [issue_data(issue) for issue in dict.fromkeys((*quote.issues, *of_document))],
    }


def _window_day(day: WindowDay) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "price": decimal_text(day.price),
        "quoted": decimal_text(day.quoted),
        "series": day.kind.value if day.kind else None,
        "qualifying": day.qualifying,
    }


def _limit_data(limit: LimitFinding | None) -> dict[str, Any]:
    lots = limit.lots if limit else None
    return {
        "ownership_limit_shares": limit.shares if limit else None,
        "ownership_limit_amount": decimal_text(limit.amount) if limit else None,
        "exchange_cap_shares": limit.exchange_shares if limit else None,
        "monthly_cap_amount": decimal_text(limit.month_amount) if limit else None,
        "lots": lots.count if lots else None,
        "lots_complete": lots.complete if lots else None,
        "first_lot_date": limit.first_date.isoformat() if limit else None,
        "last_lot_date": limit.last_date.isoformat() if limit and limit.last_date else None,
    }


def issue_data(issue: Issue) -> dict[str, Any]:
    """One issue with the fields and days that it names."""
    return {
        "severity": issue.severity.value,
        "text": issue.text,
        "fields": list(issue.fields),
        "days": [day.isoformat() for day in issue.days],
    }


def schedule_data(rows: Iterable[ScheduleRow]) -> list[dict[str, Any]]:
    """The rows of a schedule under the names of its columns."""
    return rows_data(COLUMNS, rows)


def rows_data(columns: Iterable[Column], rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The rows of any table under the names of its columns."""
    known = tuple(columns)
    return [{column.name: _cell(column, row) for column in known} for row in rows]


def _cell(column: Column, row: Any) -> Any:
    value = column.value(row)
    return None if value is None else column.kind.to_data(value)


def schedule_csv(rows: Iterable[ScheduleRow]) -> str:
    """The schedule as comma-separated values with one heading row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in COLUMNS)
    for row in rows:
        writer.writerow([_csv_cell(column, row) for column in COLUMNS])
    return text.getvalue()


def _csv_cell(column: Column, row: ScheduleRow) -> str:
    value = column.value(row)
    if value is None:
        return ""
    shown = column.kind.show(value, CANONICAL)
    is_text = column.kind.name == "text"
    return "'" + shown if is_text and shown.startswith(RUNS_AS_FORMULA) else shown
