"""How the cells look: a role (input, formula, heading …) and a kind of number, registered when first used."""

from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

INK, INPUT_INK, PALE_INK, WHITE = "FF1F2933", "FF0000FF", "FF616E7C", "FFFFFFFF"
NAVY, PALE_INPUT, PALE_HEADING, PALE_TOTAL = "FF16324F", "FFEAF2FB", "FFE4E9F0", "FFF3F5F8"
GOOD, BAD = "FFDDF2E3", "FFFBE3D6"
RULE_LINE = Side(style="thin", color="FFC9D1DB")
STRONG_LINE = Side(style="medium", color=NAVY)

NUMBER_FORMATS = {
    "money": '#,##0.00;[Red]-#,##0.00;"–"',
    "amount": "#,##0.00",
    "exact": "#,##0.00########",
    "price": "0.0000########",
    "rate": "0.00##%",
    "share": "0.0000%",
    "part": "0.00%",
    "log": "0.00000000",
    "factor": "0.0000############",
    "count": "#,##0",
    "shares": '#,##0;[Red]-#,##0;"–"',
    "quantity": "#,##0.00####",
    "date": "mmm d, yyyy",
    "text": "General",
    "wrapped": "General",
    "flag": "General",
    "number": "0",
}
"""The number format of each kind; `money` and `shares` show zero as a dash."""

LEFT_KINDS = ("text", "wrapped")


@dataclass(frozen=True, slots=True)
class Role:
    """What a cell is for, as its looks say it."""

    ink: str = INK
    fill: str | None = None
    bold: bool = False
    italic: bool = False
    size: float = 10
    boxed: bool = False
    above: Side | None = None
    below: Side | None = None
    quoted: bool = False
    wrap: bool = False
    centred: bool = False
    flush: bool = False


ROLES = {
    "title": Role(NAVY, bold=True, size=16, flush=True),
    "subtitle": Role(PALE_INK, size=10, flush=True),
    "section": Role(NAVY, bold=True, size=12, below=STRONG_LINE, flush=True),
    "heading": Role(WHITE, NAVY, bold=True, wrap=True, centred=True),
    "working_heading": Role(NAVY, PALE_HEADING, bold=True, wrap=True, centred=True),
    "label": Role(),
    "remark": Role(fill="FFFFF6DB", quoted=True, boxed=True),
    "note": Role(PALE_INK, italic=True, size=9, flush=True),
    "input": Role(INPUT_INK, PALE_INPUT, boxed=True),
    "idle": Role("FF8FA3C4", "FFF7FAFD", boxed=True),
    "user": Role(quoted=True),
    "user_input": Role(INPUT_INK, PALE_INPUT, boxed=True, quoted=True),
    "fixed": Role(PALE_INK),
    "formula": Role(),
    "key": Role(fill=PALE_TOTAL, bold=True),
    "total": Role(fill=PALE_TOTAL, bold=True, above=STRONG_LINE),
    "faint": Role("FF9AA5B1", size=8),
}
"""Blue on pale blue is an input, paler if it says nothing; black is a formula, grey is fixed at export."""


@dataclass
class Styles:
    """The styles of one workbook: `role.kind` becomes the number of a cell format."""

    workbook: Workbook
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        if name not in self._numbers:
            self._numbers[name] = self._register(name)
        return self._numbers[name]

    def _register(self, name: str) -> int:
        role_name, _, kind = name.partition(".")
        role = ROLES[role_name]
        cell = WriteOnlyCell(self.workbook.worksheets[0])
        cell.font = Font(
            name="Calibri", size=role.size, bold=role.bold, italic=role.italic, color=role.ink
        )
        if role.fill:
            cell.fill = PatternFill("solid", start_color=role.fill, end_color=role.fill)
        cell.border = _border(role)
        cell.alignment = _alignment(role, kind or "text")
        cell.number_format = NUMBER_FORMATS[kind or "text"]
        if role.quoted:
            cell.quotePrefix = True
        return int(cell.style_id)


def _border(role: Role) -> Border:
    if role.boxed:
        return Border(left=RULE_LINE, right=RULE_LINE, top=RULE_LINE, bottom=RULE_LINE)
    return Border(top=role.above or Side(), bottom=role.below or Side())


def _alignment(role: Role, kind: str) -> Alignment:
    if role.centred:
        return Alignment(horizontal="center", vertical="center", wrap_text=role.wrap)
    if role.flush:
        return Alignment(horizontal="left", vertical="bottom")
    side = "left" if kind in LEFT_KINDS else "center" if kind == "flag" else "right"
    return Alignment(horizontal=side, vertical="center", wrap_text=kind == "wrapped", indent=1)
