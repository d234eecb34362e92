"""The value of a note on the command line: one engine or all side by side, or a run over its dates."""

from datetime import date
from typing import Any

from notemodeler import __version__
from notemodeler.app.book_tables import BookTable
from notemodeler.app.results import Results
from notemodeler.app.valuation import SideBySide, ValuationRun, Valuations
from notemodeler.app.valuation_engines import VALUERS
from notemodeler.cli.as_data import as_json as as_json_text
from notemodeler.cli.as_data import issue_data, rows_data
from notemodeler.cli.tables import rows_text
from notemodeler.domain.issues import Issue, UserError
from notemodeler.engines.valuation.fineness import BACKGROUND
from notemodeler.engines.valuation.worth import Engine, FairValue


def value(
    results: Results,
    on: date | None,
    engine: str | None,
    as_json: bool,
    points: int = BACKGROUND,
    runs: bool = False,
) -> str:
    """The value on a day (by default the valuation date) as text or JSON.

    Without `engine` all engines stand side by side. With `runs` the note is valued on every date that
    reports do, up to that day, with the roll-forward between them. Raises `UserError` for a
    day that the calendar does not know.
    """
    valuations = Valuations(results)
    day = valuations.default_date if on is None else on
    chosen = None if engine is None else Engine(engine)
    try:
        if runs:
            dates = {each: why for each, why in valuations.dates().items() if each <= day}
            made = valuations.run(dates, chosen or Engine.TREE, points)
            return as_json_text(_run_data(made)) if as_json else _run_text(made)
        engines = VALUERS if chosen is None else (chosen,)
        found = valuations.side_by_side(day, points, engines=engines)
    except ValueError as problem:
        raise UserError(f"No value as of {day}: {problem}.") from None
    return as_json_text(_day_data(found)) if as_json else _day_text(found)


def _day_text(found: SideBySide) -> str:
    parts = [
        found.inputs.title, rows_text(found.inputs.columns, found.inputs.rows), "",
        found.engines.title, rows_text(found.engines.columns, found.engines.rows), "",
        *found.sentences,
    ]  # fmt: skip
    return "\n".join([*parts, *_issue_lines(found.issues)]).rstrip("\n")


def _run_text(made: ValuationRun) -> str:
    parts = []
    for table in (made.values, made.roll_forward, made.total):
        if table.rows:
            parts += [table.title, rows_text(table.columns, table.rows), table.remark, ""]
    return "\n".join([*parts, *_issue_lines(made.issues)]).rstrip("\n")


def _issue_lines(issues: tuple[Issue, ...]) -> list[str]:
    return [f"{issue.severity.value}: {issue.text}" for issue in issues]


def _day_data(found: SideBySide) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(),
        "program": f"Note Modeler {__version__}",
        "inputs": _table_data(found.inputs),
        "engines": [_value_data(found.engines, value) for value in found.values],
        "sentences": list(found.sentences),
        "issues": [issue_data(issue) for issue in found.issues],
    }


def _run_data(made: ValuationRun) -> dict[str, Any]:
    return {
        "program": f"Note Modeler {__version__}",
        "engine": made.engine.value,
        "values": _table_data(made.values),
        "roll_forward": _table_data(made.roll_forward),
        "in_all": _table_data(made.total),
        "issues": [issue_data(issue) for issue in made.issues],
    }


def _table_data(table: BookTable) -> list[dict[str, Any]]:
    return rows_data(table.columns, table.rows)


def _value_data(table: BookTable, value: FairValue) -> dict[str, Any]:
    row = rows_data(table.columns, (value,))[0]
    steps = value.work.steps if value.work else None
    return {**row, "engine": value.engine.value, "steps": steps}
