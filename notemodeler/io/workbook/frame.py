"""The frame of the workbook, which openpyxl makes: sheets, styles, print set-up, everything but the rows."""

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from notemodeler.io.workbook import (
    book_sheet,
    conversion_sheet,
    cost_sheet,
    cycle_sheet,
    ladder_sheet,
    ledger_sheet,
    others_sheet,
    outstanding_sheet,
    payoff_sheet,
    prices_sheet,
    schedule_sheet,
    terms_sheet,
    valuation_dates_sheet,
    valuation_sheet,
    volatility_sheet,
    what_may_come_sheet,
)
from notemodeler.io.workbook.cells import SharedTexts, safe_text
from notemodeler.io.workbook.sheet import Sheet
from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.styles import Styles

HEADER_LENGTH = 120
LETTER = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is shown and printed: which row the headings are in, how many columns stay in view."""

    title: str
    tab: str
    heading_row: int = 0
    kept_columns: int = 0
    pages_wide: int = 1
    landscape: bool = True
    wanted: Callable[[WorkbookInput], bool] = lambda _: True


LAYOUTS = (
    Layout("Summary", "16324F", landscape=False),
    Layout("Terms", "0072B2", terms_sheet.HEADING_ROW),
    Layout("Prices", "0072B2", prices_sheet.HEADING_ROW, landscape=False),
    Layout("Conversion price", "D55E00", conversion_sheet.HEADING_ROW, 1, pages_wide=2),
    Layout("Schedule", "009E73", schedule_sheet.HEADING_ROW, 2),
    Layout("Ledger", "009E73", ledger_sheet.HEADING_ROW, 2, pages_wide=2),
    Layout(payoff_sheet.TITLE, "E69F00", payoff_sheet.HEADING_ROW, 1, pages_wide=2),
    Layout(ladder_sheet.TITLE, "E69F00", pages_wide=2),
    Layout(cycle_sheet.TITLE, "E69F00"),
    Layout(cost_sheet.TITLE, "E69F00", landscape=False),
    Layout(valuation_sheet.TITLE, "CC79A7", wanted=lambda source: source.valuation is not None),
    Layout(
        volatility_sheet.TITLE,
        "CC79A7",
        volatility_sheet.HEADING_ROW,
        landscape=False,
        wanted=lambda source: bool(source.valuation and source.valuation.returns),
    ),
    Layout(
        valuation_dates_sheet.TITLE, "CC79A7", wanted=lambda source: source.valuation is not None
    ),
    Layout(what_may_come_sheet.TITLE, "CC79A7", wanted=lambda source: source.valuation is not None),
    Layout(book_sheet.TITLE, "56B4E9", pages_wide=2),
    Layout(outstanding_sheet.TITLE, "56B4E9", outstanding_sheet.HEADING_ROW, 1),
    Layout(
        others_sheet.TITLE,
        "009E73",
        others_sheet.HEADING_ROW,
        1,
        wanted=lambda source: bool(source.other_issues),
    ),
    Layout("Checks", "CC79A7", landscape=False),
)


def new_sheets(source: WorkbookInput) -> dict[str, Sheet]:
    """The empty sheets of a new workbook by title, with their print set-up."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    layouts = [layout for layout in LAYOUTS if layout.wanted(source)]
    for layout in layouts:
        workbook.create_sheet(layout.title)
    styles, texts = Styles(workbook), SharedTexts()
    for layout in layouts:
        _set_up(workbook[layout.title], layout, source)
    properties = workbook.properties
    properties.creator = properties.lastModifiedBy = f"Note Modeler {source.version}"
    properties.title = safe_text(source.note.title)
    return {layout.title: Sheet(workbook[layout.title], styles, texts) for layout in layouts}


def _set_up(worksheet: Worksheet, layout: Layout, source: WorkbookInput) -> None:
    worksheet.sheet_view.showGridLines = False
    worksheet.sheet_format.defaultRowHeight, worksheet.sheet_format.customHeight = 16, True
    worksheet.sheet_properties.tabColor = layout.tab
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page = worksheet.page_setup
    page.orientation = "landscape" if layout.landscape else "portrait"
    page.paperSize, page.fitToWidth, page.fitToHeight = LETTER, layout.pages_wide, 0
    worksheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    if layout.heading_row:
        corner = f"{get_column_letter(layout.kept_columns + 1)}{layout.heading_row + 1}"
        worksheet.freeze_panes = corner
        if layout.pages_wide > 1:
            worksheet.print_title_cols = f"A:{get_column_letter(layout.kept_columns)}"
        worksheet.print_title_rows = f"{layout.heading_row}:{layout.heading_row}"
    name = source.note.title.replace("&", "&&")[:HEADER_LENGTH]
    worksheet.oddHeader.left.text = safe_text(name)
    worksheet.oddHeader.right.text = "&A"
    worksheet.oddFooter.left.text = f"Note Modeler {source.version}"
    worksheet.oddFooter.right.text = "Page &P of &N"
