"""What must hold on the sheets of the valuation: they foot, and formulas come to the program's own numbers."""

from collections.abc import Iterator

from notemodeler.io.workbook.source import WorkbookInput
from notemodeler.io.workbook.valuation_source import ValuationFound

HALF_CENT = "0.005"


def valuation_checks(source: WorkbookInput) -> Iterator[tuple[str, str]]:
    """Sentences and formulas; none without a valuation."""
    found = source.valuation
    if found is None:
        return
    yield (
        "With the inputs as exported, every engine's conversion right is the program's own, to the cent.",
        "OR(NOT(AND(valued_inputs_same)),AND(values_same))",
    )
    yield (
        "Of every engine, the note is the conversion right and the note without it.",
        f"ABS(SUM(values_note)-SUM(values_right)-SUM(values_straight))<{HALF_CENT}",
    )
    yield from _roll_checks(found)
    yield from _outlook_checks(found)


def _roll_checks(found: ValuationFound) -> Iterator[tuple[str, str]]:
    if not found.rolled:
        return
    yield (
        "Every row of the roll-forward foots: opening + new - settled + change = closing.",
        "SUMPRODUCT(--(ABS(rolled_opening+rolled_new-rolled_settled+rolled_change-rolled_closing)"
        f">{HALF_CENT}))=0",
    )
    yield (
        "Every closing of the roll-forward is the value of its date, and the program's own number.",
        f"SUMPRODUCT(--(ABS(rolled_closing-rolled_after)>{HALF_CENT}))"
        f"+SUMPRODUCT(--(ABS(rolled_closing-rolled_exported)>{HALF_CENT}))=0",
    )
    yield (
        "The roll-forward closes in all: opening + new - settled + change = closing.",
        "ABS(rolled_in_all_opening+rolled_in_all_new-rolled_in_all_settled+rolled_in_all_change"
        f"-rolled_in_all_closing)<{HALF_CENT}",
    )


def _outlook_checks(found: ValuationFound) -> Iterator[tuple[str, str]]:
    if not found.outlook.figures:
        return
    rising = "+".join(
        f"SUMPRODUCT(--(outlook_{low}>outlook_{high}))"
        for low, high in ((5, 25), (25, 50), (50, 75), (75, 95))
    )
    yield "No quantile of what may come is below the one before it.", f"{rising}=0"


def unchanged_valuation(source: WorkbookInput) -> Iterator[tuple[str, str]]:
    """That the values which are no formulas still belong to the inputs."""
    if source.valuation is not None:
        yield (
            "The inputs of the valuation are those of the export, to which tree and simulation belong.",
            "AND(valued_inputs_same)",
        )
