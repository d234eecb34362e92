"""What each command does: documents in, text out."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from notemodeler.cli.as_data import as_json, quote_data, schedule_csv, schedule_data
from notemodeler.cli.book_commands import (
    book,
    compare,
    decide,
    payoff,
    presets,
    simulate,
    value,
)
from notemodeler.cli.fields import described
from notemodeler.cli.making import add, new, sample
from notemodeler.cli.opening import opened
from notemodeler.cli.tables import quote_text, schedule_text, terms_text
from notemodeler.domain.issues import UserError
from notemodeler.domain.project import FIELDS
from notemodeler.domain.row_dates import RowDates


def terms(options: argparse.Namespace) -> str:
    if options.json:
        return as_json([described(field) for field in FIELDS])
    return terms_text(FIELDS)


def quote(options: argparse.Namespace) -> str:
    results = opened(options)
    try:
        found = results.quote(options.on)
    except ValueError as problem:
        raise UserError(f"No quote on {options.on}: {problem}.") from None
    if options.json:
        cost = results.quoter.annual_cost(found)
        return as_json(quote_data(found, results.clause, cost, results.issues))
    return quote_text(results, options.on)


def schedule(options: argparse.Namespace) -> str:
    results = opened(options)
    rows = results.schedule(RowDates(options.rows))
    for issue in results.issues:
        print(f"{issue.severity.value}: {issue.text}", file=sys.stderr)
    if options.json:
        return as_json(schedule_data(rows))
    return schedule_csv(rows).rstrip("\n") if options.csv else schedule_text(rows)


def export(options: argparse.Namespace) -> str:
    from notemodeler.app.export import export_workbook

    export_workbook(
        opened(options), Path(options.output), RowDates(options.rows),
        with_valuation=not options.no_valuation,
    )  # fmt: skip
    return f"Wrote {options.output}."


COMMANDS: dict[str, Callable[[argparse.Namespace], str]] = {
    "sample": sample,
    "new": new,
    "add": add,
    "presets": presets,
    "terms": terms,
    "quote": quote,
    "schedule": schedule,
    "payoff": payoff,
    "book": book,
    "decide": decide,
    "compare": compare,
    "value": value,
    "simulate": simulate,
    "export": export,
}
