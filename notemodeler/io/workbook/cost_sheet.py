"""The Cost sheet: what the money costs in all if everything is converted and sold on a day, part by part."""

from notemodeler.io.workbook.cells import Formula, plain
from notemodeler.io.workbook.sheet import Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput

TITLE = "Cost"
HEADING_ROW = 8
WIDTHS = (30, 20, 20, 20, 20)


def write_cost(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet: proceeds, the parts of the cost one upon the other, what was given in all."""
    cost = source.beyond.cost
    sheet.head(
        "All-in cost",
        "What the proceeds cost if all that is owed were converted and sold at the market on the day.",
        "The parts come from what would have happened otherwise, without default or look-back: they are fixed at "
        "export, as are the yearly rates. What they add up to is a formula.",
    )
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.worksheet.column_dimensions[letter].width = width
    sheet.put(5, 1, "If everything is converted on", "label")
    sheet.put(5, 2, cost.on, "fixed.date")
    sheet.put(6, 1, "Proceeds to the company, $", "label")
    sheet.put(6, 2, Formula("proceeds", cost.proceeds), "key.amount")
    if not cost.steps:
        sheet.put(HEADING_ROW, 1, " ".join(issue.text for issue in cost.issues), "label")
        return
    steps = cost.steps
    reached = [cost.proceeds]
    for step in steps:
        reached.append(reached[-1] + step.amount)
    sheet.table(
        HEADING_ROW,
        (
            Column("part", "Part", WIDTHS[0], "label.text", [step.part.label for step in steps]),
            Column(
                "amount", "Amount, $", WIDTHS[1], "input.money", [step.amount for step in steps],
                defined_name="cost_amount",
            ),
            Column(
                "given", "Given so far, $", WIDTHS[2], "formula.amount", [plain(each) for each in reached[1:]],
                "ROUND(proceeds+SUM([!amount]:[amount]),2)",
            ),
            Column(
                "rate", "Points a year", WIDTHS[3], "input.rate", [step.rate for step in steps],
                defined_name="cost_rate",
            ),
            Column(
                "so_far", "A year so far", WIDTHS[4], "formula.rate",
                [step.cumulated_rate for step in steps], _so_far(source),
            ),
        ),
    )  # fmt: skip
    row = HEADING_ROW + len(steps) + 1
    sheet.put(row, 1, "Given in all", "total")
    total = Formula("ROUND(proceeds+SUM(cost_amount),2)", plain(cost.given))
    sheet.define("cost_given", sheet.put(row, 2, total, "total.amount"))


def _so_far(source: WorkbookInput) -> str | None:
    """The sum of the points; without a formula where a rate is missing."""
    known = all(step.rate is not None for step in source.beyond.cost.steps)
    return "SUM([!rate]:[rate])" if known else None
