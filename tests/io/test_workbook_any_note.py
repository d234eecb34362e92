"""Whatever the document says, sensible or not, its workbook can be written and reads back."""

import dataclasses
import io
from datetime import date
from typing import Any

import openpyxl
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from notemodeler.app.export import workbook_bytes
from notemodeler.app.results import compute
from notemodeler.domain.project import Project
from notemodeler.domain.row_dates import RowDates
from tests.io.recalculation import formula_cells
from tests.strategies import projects

YEARS = range(2012, 2016)


def moved(day: date | None) -> date | None:
    """The day in one of four years, so that a drawn note does not run for a century."""
    if day is None:
        return None
    return date(YEARS[day.year % len(YEARS)], day.month, min(day.day, 28))


def dates_moved(noun: Any) -> Any:
    """The noun with every date of it and of the nouns in it moved; rows stay in order, a date once."""
    changes = {}
    for part in dataclasses.fields(noun):
        value = getattr(noun, part.name)
        if isinstance(value, date):
            changes[part.name] = moved(value)
        elif dataclasses.is_dataclass(value):
            changes[part.name] = dates_moved(value)
        elif isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            rows = [dates_moved(row) for row in value]
            if part.name in ("bars", "shares_outstanding"):
                by_date = {row.date: row for row in rows}
                rows = [by_date[day] for day in sorted(by_date)]
            changes[part.name] = tuple(rows)
    return dataclasses.replace(noun, **changes)


# A workbook takes a second: a failing example is shown as it was drawn, for shrinking it takes many minutes.
DRAWN_AS_IT_IS = (Phase.explicit, Phase.reuse, Phase.generate)


@given(projects(closures=st.just(())), st.sampled_from(RowDates), st.integers(0, 1))
@settings(
    max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=DRAWN_AS_IT_IS
)
def test_any_note_of_any_book_has_a_workbook_in_which_every_formula_has_a_value(
    drawn: Project, rows: RowDates, place: int
):
    project = dates_moved(drawn)
    workbook = workbook_bytes(compute(project, place % len(project.notes)), rows)
    assert formula_cells(workbook)
    assert len(openpyxl.load_workbook(io.BytesIO(workbook), data_only=True).sheetnames) >= 13
