"""The What may come sheet: quantiles with standard errors, chances, drivers, and the fans of prices by day."""

from openpyxl.worksheet.pagebreak import Break

from notemodeler.io.workbook.charts import draw
from notemodeler.io.workbook.fans import fan_columns, fan_pictures
from notemodeler.io.workbook.lines import write_lines
from notemodeler.io.workbook.outlook_tables import (
    LABEL_WIDTH,
    WIDTH,
    chance_columns,
    driver_columns,
    figure_columns,
)
from notemodeler.io.workbook.sheet import Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.valuation_source import Outlook

TITLE = "What may come"
FIRST_ROW = 5
COLUMNS, LETTERS = 13, 190
CHART_ROWS = 18
CHART_COLUMNS = ((0, 5), (5, 12))


def write_what_may_come(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet with its charts; without paths, why there are none."""
    assert source.valuation is not None
    outlook = source.valuation.outlook
    sheet.head(
        "What may come",
        "Simulated paths of the share price, and what comes of the note and the company on them.",
        "Every figure rests on the paths, model, policy and seed named here and is fixed at export; ± is one "
        "standard error. Ranges and swings are formulas.",
    )
    for place in range(COLUMNS):
        letter = "ABCDEFGHIJKLM"[place]
        sheet.worksheet.column_dimensions[letter].width = WIDTH if place else LABEL_WIDTH
    sheet.section(FIRST_ROW, "What was simulated", range(1, COLUMNS + 1))
    row = write_lines(sheet, FIRST_ROW + 1, outlook.words, COLUMNS, LETTERS)
    if not outlook.days:
        return
    issues = [f"{each.severity.value.capitalize()}: {each.text}" for each in outlook.issues]
    row = write_lines(sheet, row, issues, COLUMNS, LETTERS)
    over = f"Distributions over {outlook.paths:,} paths, seed {outlook.seed}"
    row = _write_table(sheet, row + 1, over, tuple(figure_columns(outlook.figures)))
    chances = tuple(chance_columns(outlook.chances))
    row = _write_table(sheet, row + 1, "Value and chances", chances)
    row = _write_drivers(sheet, row + 1, outlook)
    _write_fans(sheet, row + 1, source, outlook)


def _write_table(sheet: Sheet, row: int, heading: str, columns: tuple[Column, ...]) -> int:
    sheet.section(row, heading, range(1, COLUMNS + 1))
    sheet.table(row + 1, columns)
    sheet.heights[row + 1] = 30
    return row + 2 + len(columns[0].values)


def _write_drivers(sheet: Sheet, row: int, outlook: Outlook) -> int:
    if outlook.base is None:
        sheet.section(row, "What drives it", range(1, COLUMNS + 1))
        sheet.put(row + 1, 1, "The drivers were not simulated.", "label")
        return row + 2
    heading = f"What drives it, on {outlook.driver_paths:,} paths of the same seed"
    return _write_table(sheet, row, heading, tuple(driver_columns(outlook)))


def _write_fans(sheet: Sheet, row: int, source: WorkbookInput, outlook: Outlook) -> None:
    """The charts above, the table with their figures below."""
    heading_row = row + CHART_ROWS + 1
    sheet.worksheet.row_breaks.append(Break(heading_row - 1))
    sheet.worksheet.print_title_rows = f"{heading_row}:{heading_row}"
    heading = f"By day, on the first {outlook.shown_paths:,} paths"
    sheet.section(row, heading, range(1, COLUMNS + 1))
    sheet.table(heading_row, tuple(fan_columns(outlook)), working_last=True)
    sheet.heights[heading_row] = 44
    names = sheet.worksheet.parent.defined_names
    found = fan_pictures(source, lambda name: str(names[name].attr_text))
    for picture, columns in zip(found, CHART_COLUMNS, strict=True):
        draw(sheet, picture, row + 1, CHART_ROWS - 1, columns)
