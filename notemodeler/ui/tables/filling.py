"""Filling a block from its top row, and jumping over runs of filled or empty cells."""

from notemodeler.ui.tables.model import Cell, TableModel


def fill(model: TableModel, top: int, left: int, bottom: int, right: int) -> None:
    """The top row of the block goes into the rows below it; a single row takes the row above it."""
    source = top if bottom > top else top - 1
    if source < 0:
        model.say("There is no cell above to fill from.")
        return
    cells = [
        Cell(row, column, value)
        for column in range(left, right + 1)
        if model.can_fill(column) and (value := model.value(source, column)) is not None
        for row in range(source + 1, bottom + 1)
        if model.can_edit(row, column)
    ]
    if cells:
        model.write(cells, "Fill down")
    else:
        model.say("There is nothing here to fill down.")


def jump(model: TableModel, row: int, column: int, rows: int, columns: int) -> tuple[int, int]:
    """Where Ctrl+arrow leads: the last filled cell of a run, or else the next filled one, or the edge."""
    last_row, last_column = model.rowCount() - 1, model.columnCount() - 1

    def inside(place: tuple[int, int]) -> bool:
        return 0 <= place[0] <= last_row and 0 <= place[1] <= last_column

    here, following = (row, column), (row + rows, column + columns)
    if not inside(following):
        return here
    in_run = not model.is_blank(*here) and not model.is_blank(*following)
    while inside(following) and model.is_blank(*following) is not in_run:
        here, following = following, (following[0] + rows, following[1] + columns)
    return here if in_run or not inside(following) else following
