"""The decisions on the command line: each as text for a terminal or as JSON."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from notemodeler.app.decision_copy import as_text
from notemodeler.app.decisions import Decisions, View
from notemodeler.app.results import Results
from notemodeler.cli.as_data import decimal_text, issue_data
from notemodeler.domain.issues import UserError
from notemodeler.engines.decisions.all_in_cost import AllInCost
from notemodeler.engines.decisions.cycle_figures import Cycle
from notemodeler.engines.decisions.ladder import Ladder
from notemodeler.engines.decisions.prepay_or_convert import PrepayOrConvert

VIEWS: dict[str, Callable[[Decisions, date], View]] = {
    "ladder": Decisions.ladder,
    "book": Decisions.book_ladder,
    "cycle": lambda decisions, on: decisions.cycle,
    "prepay": Decisions.prepay,
    "cost": Decisions.cost,
}
"""What can be decided, by the word of the command."""


def decide(results: Results, what: str, day: date | None, as_json: bool) -> str:
    """A decision as text or as JSON; without a day, as of the first trading day after the last price.

    Raises `UserError` for a word that is not known and for a day that the calendar does not know.
    """
    if what not in VIEWS:
        raise UserError(f"“{what}” is not one of: {', '.join(VIEWS)}.")
    on = results.next_notice_date if day is None else day
    try:
        view = VIEWS[what](Decisions(results), on)
    except ValueError as problem:
        raise UserError(f"No answer as of {on}: {problem}.") from None
    return json.dumps(view_data(view), indent=2, ensure_ascii=False) if as_json else view_text(view)


def view_text(view: View) -> str:
    """The issues, the table and the sentences."""
    issues = [f"{issue.severity.value}: {issue.text}" for issue in view.issues]
    return "\n".join([as_text(view), *issues]).rstrip("\n")


def view_data(view: View) -> dict[str, Any]:
    """The rows under the names of their columns, with the figures of the whole."""
    return {
        "title": view.title,
        **_whole(view.found),
        "sentences": list(view.sentences),
        "rows": [
            {column.name: _cell(column.value(row), column.kind) for column in view.columns}
            for row in view.rows
        ],
        "issues": [issue_data(issue) for issue in view.issues],
    }


def _cell(value: Any, kind: Any) -> Any:
    return None if value is None else kind.to_data(value)


def _whole(found: PrepayOrConvert | Ladder | Cycle | AllInCost) -> dict[str, Any]:
    if isinstance(found, Ladder):
        return {"as_of": found.on.isoformat(), "amount": decimal_text(found.amount)}
    if isinstance(found, AllInCost):
        return _cost_data(found)
    if isinstance(found, Cycle):
        return _cycle_data(found)
    return {
        "opens": found.opens_date.isoformat(),
        "crossings": [
            {"date": each.date.isoformat(), "cheaper": each.cheaper.value}
            for each in found.crossings
        ],
        "most_saved_on": _day(found.most_saved.date if found.most_saved else None),
        "last_payable": _day(found.last_payable.date if found.last_payable else None),
    }


def _cost_data(found: AllInCost) -> dict[str, Any]:
    return {
        "as_of": found.on.isoformat(),
        "received": decimal_text(found.proceeds),
        "given": decimal_text(found.given),
        "cost": decimal_text(found.cost),
        "annual_rate": None if found.annual_rate is None else round(found.annual_rate, 6),
    }


def _cycle_data(found: Cycle) -> dict[str, Any]:
    return {
        "start": found.start.isoformat(),
        "end": found.end.value,
        "why": found.words,
        "over": _day(found.over_date),
        "converted": decimal_text(found.converted),
        "left": decimal_text(found.left),
        "sales": decimal_text(found.proceeds),
        "shares": found.shares,
        "outstanding": found.outstanding,
        "share_of_company": decimal_text(found.share_of_company),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
