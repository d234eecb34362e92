"""The commands about more than one figure of one note: pay-off, book, comparison, presets."""

import argparse
from pathlib import Path
from typing import Any

from notemodeler.app.book import BookView, book_on, latest_day
from notemodeler.app.book_facts import Fact
from notemodeler.app.compare import compare_notes
from notemodeler.app.comparison import Comparison, Difference, Measure
from notemodeler.app.presets import find_preset, note_from_preset
from notemodeler.app.presets import presets as all_presets
from notemodeler.app.results import Results
from notemodeler.cli.as_data import as_json, decimal_text, issue_data, rows_data
from notemodeler.cli.opening import opened, place_of
from notemodeler.cli.tables import aligned, rows_text
from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import UserError
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import CANONICAL
from notemodeler.domain.project import FIELD_BY_NAME
from notemodeler.engines.prepayment import payoff_on, why_not
from notemodeler.engines.words import dollars
from notemodeler.io.document_file import SUFFIX, load_document
from notemodeler.io.preset_file import Preset


def presets(options: argparse.Namespace) -> str:
    found = all_presets()
    if options.json:
        return as_json([_preset_data(preset) for preset in found])
    rows = [
        (preset.name, preset.lender, str(len(preset.terms)), str(len(preset.unstated)))
        for preset in found
    ]
    return aligned(("name", "lender", "stated", "unstated"), rows, (True, True, False, False))


def _preset_data(preset: Preset) -> dict[str, Any]:
    return {
        "name": preset.name,
        "lender": preset.lender,
        "remark": preset.remark,
        "terms": {
            name: None if value is None else FIELD_BY_NAME[name].term.kind.show(value, CANONICAL)
            for name, value in preset.terms.items()
        },
        "sources": dict(preset.sources),
        "unstated": list(preset.unstated),
    }


def payoff(options: argparse.Namespace) -> str:
    results = opened(options)
    found = payoff_on(results.note, results.history, options.on)
    owed = results.history.owed_before_entries(options.on).in_cents()
    if options.json:
        return as_json(
            {
                "date": options.on.isoformat(),
                "owed": decimal_text(owed.total),
                "day": found.number if found else None,
                "percent": decimal_text(found.percent) if found else None,
                "base": decimal_text(found.base) if found else None,
                "at_par": decimal_text(found.at_par) if found else None,
                "premium": decimal_text(found.premium) if found else None,
                "total": decimal_text(found.total) if found else None,
                "until": found.last_date.isoformat() if found and found.last_date else None,
                "words": found.words if found else why_not(results.note, options.on),
                "issues": [issue_data(issue) for issue in results.issues],
            }
        )
    if found is None:
        return f"Owed {dollars(owed.total)}. {why_not(results.note, options.on)}"
    until = f" Until {show_date(found.last_date)}." if found.last_date else ""
    return f"{dollars(found.total)} on {show_date(options.on)}: {found.words}.{until}"


def book(options: argparse.Namespace) -> str:
    options.note = 1
    results = opened(options)
    view = book_on(results, options.on or latest_day(results))
    if options.json:
        return as_json(_book_data(results, view))
    parts = []
    for table in view.tables:
        if table.rows:
            parts += [table.title, rows_text(table.columns, table.rows), table.remark, ""]
    parts += [f"{issue.severity.value}: {issue.text}" for issue in view.issues()]
    return "\n".join(part for part in parts if part is not None).strip()


def _book_data(results: Results, view: BookView) -> dict[str, Any]:
    return {
        "date": view.day.isoformat(),
        "issuer": results.project.issuer.name,
        **{table.name: rows_data(table.columns, table.rows) for table in view.tables},
        "facts": {
            "full_conversion": _facts_data(view.conversion_facts),
            "reserve": _facts_data(view.reserve_facts),
            "sales": _facts_data(view.sales_facts),
        },
        "issues": [issue_data(issue) for issue in view.issues()],
    }


def _facts_data(facts: tuple[Fact, ...]) -> dict[str, Any]:
    return {
        fact.name: None if fact.value is None else fact.kind.to_data(fact.value) for fact in facts
    }


def decide(options: argparse.Namespace) -> str:
    from notemodeler.cli.decisions import decide as of_view

    return of_view(opened(options), options.view, options.on, as_json=options.json)


def simulate(options: argparse.Namespace) -> str:
    from notemodeler.cli.simulation import simulate as of_note

    return of_note(options)


def value(options: argparse.Namespace) -> str:
    from notemodeler.cli.valuation import value as of_note

    return of_note(
        opened(options), options.on, options.engine, options.json, options.points, options.dates
    )


def compare(options: argparse.Namespace) -> str:
    results = opened(options)
    other, title = _other_note(results, options)
    found = compare_notes(results.project, results.note_index, other, on=options.on, title=title)
    if options.json:
        return as_json(_comparison_data(found))
    if not found.rows:
        return f"{found.title_a} and {found.title_b} have the same terms."
    when = (
        f"Shares and cost: everything converted on {show_date(found.on)}. "
        f"Pay-off: at the end of {show_date(found.pay_off_day)}, day 180."
    )
    columns = [column for column in found.columns if column.name != "field"]
    totals = rows_text(found.total_columns, found.totals)
    return "\n".join([rows_text(columns, found.rows), "", totals, "", when])


def _other_note(results: Results, options: argparse.Namespace) -> tuple[Note, str]:
    """The note that `--with` means: a number of this document, a document, or a preset."""
    name = options.other
    if name.isdigit():
        note = results.project.notes[place_of(results.project, int(name))]
        return note, note.title
    if name.lower().endswith(SUFFIX) or Path(name).is_file():
        project = load_document(name).project
        note = project.notes[place_of(project, options.other_note)]
        return note, f"{note.title} ({Path(name).name})"
    try:
        preset = find_preset(name)
    except UserError as refusal:
        raise UserError(
            f"“{name}” is no number of a note, no document and no preset.", refusal.hint
        ) from None
    return note_from_preset(preset, base=results.note), preset.name


def _comparison_data(found: Comparison) -> dict[str, Any]:
    return {
        "a": found.title_a,
        "b": found.title_b,
        "on": found.on.isoformat(),
        "pay_off_on": found.pay_off_day.isoformat(),
        "differences": [_difference_data(row) for row in found.rows],
        "totals": {
            name: _measure_data(measure)
            for name, measure in (
                ("a", found.a), ("b", found.b), ("together", found.together),
                ("interplay", found.interplay),
            )
        },
    }  # fmt: skip


def _difference_data(row: Difference) -> dict[str, Any]:
    effect = None if row.effect is None else _measure_data(row.effect)
    return {
        "field": row.field.name, "label": row.label, "a": row.shown_a, "b": row.shown_b,
        "effect": effect, "remark": row.remark,
    }  # fmt: skip


def _measure_data(measure: Measure) -> dict[str, Any]:
    return {
        "pay_off": decimal_text(measure.pay_off),
        "conversion_price": decimal_text(measure.conversion_price),
        "shares": measure.shares,
        "share_of_company": decimal_text(measure.share_of_company),
        "annual_cost": decimal_text(measure.annual_cost),
    }
