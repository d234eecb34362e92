"""Lines of text across a sheet: sentences wrapped over several columns, each as high as it needs."""

from collections.abc import Iterable

from openpyxl.utils import get_column_letter

from notemodeler.io.workbook.sheet import Sheet

LINE_HEIGHT, MOST_LINES = 13.5, 25


def write_lines(
    sheet: Sheet, row: int, lines: Iterable[str], columns: int, letters: int, style: str = "label"
) -> int:
    """Each text over so many columns, of which a line holds so many letters; returns the row after them."""
    for text in lines:
        sheet.put(row, 1, text, f"{style}.wrapped")
        # Not merge_cells: it would make cells, and the rows are not openpyxl's.
        sheet.worksheet.merged_cells.add(f"A{row}:{get_column_letter(columns)}{row}")
        sheet.heights[row] = 4 + LINE_HEIGHT * max(1, min(MOST_LINES, -(-len(text) // letters)))
        row += 1
    return row
