"""The balance that a notice or a pay-off finds on each of many days: the step in force and the interest since."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from notemodeler.engines.history import Owed
from notemodeler.io.workbook.cells import plain
from notemodeler.io.workbook.interest_formulas import interest_formula
from notemodeler.io.workbook.sheet import WORKING, Column
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.steps import Step, StepKind

IN_FORCE = "IF([step]=0,0,INDEX(step_{name},[step]))"


def balance_columns(
    source: WorkbookInput,
    days: Sequence[date],
    owed: Sequence[Owed],
    prefix: str,
    *,
    parts: bool = False,
) -> Iterator[Column]:
    """Columns from the step in force to the balance, before the day's own ledger entries.

    `parts` adds principal and default sum as columns of their own.
    """
    seen_from = notices_from(source.steps)
    funded = source.history.funded
    steps = [bisect_right(seen_from, day) if day >= funded else 0 for day in days]
    since = [source.steps[step - 1].date if step else None for step in steps]
    yield Column(
        "step", "Ledger step", 8, "formula.number", steps,
        "IF([date]<note_funding_date,0,IFERROR(MATCH([date],step_notices_from,1),0))", heading_style=WORKING,
    )  # fmt: skip
    yield Column(
        "since", "Interest since", 13, "formula.date", [plain(each) for each in since],
        'IF([step]=0,"",INDEX(step_date,[step]))', heading_style=WORKING,
    )  # fmt: skip
    terms = source.note.interest
    growth = interest_formula(terms.day_count, terms.compounding).over(
        start="[since]", end="[date]",
        bearing="INDEX(step_bearing,[step])", rate="INDEX(step_rate,[step])",
    )  # fmt: skip
    for each in growth.columns:
        pairs = zip(since, days, strict=True)
        values = [start and each.value(start, end) for start, end in pairs]
        yield Column(
            each.name, each.heading, 8, f"formula.{each.style}", values,
            f'IF([step]=0,"",{each.formula})', heading_style=WORKING,
        )  # fmt: skip
    if parts:
        yield Column(
            "principal", "Principal, $", 14, "formula.money", [float(each.principal) for each in owed],
            IN_FORCE.format(name="principal"),
        )  # fmt: skip
    yield Column(
        "interest", "Accrued interest, $", 13, "formula.money", [float(each.interest) for each in owed],
        f"IF([step]=0,0,ROUND(INDEX(step_interest,[step])+{growth.growth},2))",
    )  # fmt: skip
    if parts:
        yield Column(
            "default_sum", "Default sum, $", 13, "formula.money",
            [float(each.default_sum) for each in owed], IN_FORCE.format(name="default_sum"),
        )  # fmt: skip
    yield Column(
        "balance", "Balance, $", 14, "formula.money", [float(each.total) for each in owed],
        "IF([step]=0,0,ROUND(INDEX(step_principal,[step])+[interest]+INDEX(step_default_sum,[step]),2))",
        defined_name=f"{prefix}_balance",
    )  # fmt: skip


def notices_from(steps: Sequence[Step]) -> list[date]:
    """From which day on each step counts: on the day of a conversion or payment what was before it does."""
    found: list[date] = []
    for step in steps:
        late = step.kind is StepKind.PENALTY and bool(found) and found[-1] > step.date
        found.append(step.date + timedelta(days=1) if step.settles or late else step.date)
    return found
