"""What each command does: documents in, text out."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable
from pathlib import Path

from notemodeler.app.results import Results, compute
from notemodeler.app.sample import ascent_project
from notemodeler.cli.arguments import day
from notemodeler.cli.as_data import quote_data, schedule_csv, schedule_data
from notemodeler.cli.fields import described, with_setting
from notemodeler.cli.prices import with_prices
from notemodeler.cli.tables import quote_text, schedule_text, terms_text
from notemodeler.domain.issues import UserError
from notemodeler.domain.kinds import SHARES
from notemodeler.domain.numbers import CANONICAL, Unreadable
from notemodeler.domain.project import FIELDS, Project, ShareCount
from notemodeler.domain.row_dates import RowDates
from notemodeler.io.document_file import load_document, save_document


def sample(options: argparse.Namespace) -> str:
    save_document(options.output, ascent_project())
    return f"Wrote the Ascent Solar sample to {options.output}."


def new(options: argparse.Namespace) -> str:
    project = Project()
    for setting in options.settings:
        project = with_setting(project, setting)
    counts = tuple(
        sorted((_share_count(text) for text in options.shares), key=lambda count: count.date)
    )
    if len({count.date for count in counts}) < len(counts):
        raise UserError("Two share counts are given for one day.")
    issuer = dataclasses.replace(project.issuer, shares_outstanding=counts)
    project = dataclasses.replace(project, issuer=issuer)
    if options.prices:
        project = with_prices(project, Path(options.prices), options.series, options.answers)
    save_document(options.output, project)
    issues = [f"{issue.severity.value}: {issue.text}" for issue in compute(project).issues]
    return "\n".join([f"Wrote {options.output}.", *issues])


def terms(options: argparse.Namespace) -> str:
    if options.json:
        return _json([described(field) for field in FIELDS])
    return terms_text(FIELDS)


def quote(options: argparse.Namespace) -> str:
    results = _results(options)
    try:
        found = results.quote(options.on)
    except ValueError as problem:
        raise UserError(f"No quote on {options.on}: {problem}.") from None
    if options.json:
        cost = results.quoter.annual_cost(found)
        return _json(quote_data(found, results.clause, cost, results.issues))
    return quote_text(results, options.on)


def schedule(options: argparse.Namespace) -> str:
    results = _results(options)
    rows = results.schedule(RowDates(options.rows))
    for issue in results.issues:
        print(f"{issue.severity.value}: {issue.text}", file=sys.stderr)
    if options.json:
        return _json(schedule_data(rows))
    return schedule_csv(rows).rstrip("\n") if options.csv else schedule_text(rows)


def export(options: argparse.Namespace) -> str:
    from notemodeler.app.export import export_workbook

    export_workbook(_results(options), Path(options.output), RowDates(options.rows))
    return f"Wrote {options.output}."


COMMANDS: dict[str, Callable[[argparse.Namespace], str]] = {
    "sample": sample,
    "new": new,
    "terms": terms,
    "quote": quote,
    "schedule": schedule,
    "export": export,
}


def _results(options: argparse.Namespace) -> Results:
    project = load_document(options.file).project
    if not 1 <= options.note <= len(project.notes):
        raise UserError(f"There is no note {options.note}: the document has {len(project.notes)}.")
    return compute(project, options.note - 1)


def _share_count(text: str) -> ShareCount:
    when, equals, count = text.partition("=")
    if not equals:
        raise UserError(
            f"“{text}” is not DATE=COUNT.", "For example: --shares 2018-08-01=1000000000"
        )
    try:
        found = ShareCount(day(when), SHARES.read(count, CANONICAL))
    except (argparse.ArgumentTypeError, Unreadable) as problem:
        raise UserError(f"--shares {text}: {problem}") from None
    if found.shares < 1:
        raise UserError(f"--shares {text}: a company has at least one share outstanding.")
    return found


def _json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)
