"""What can be typed: the commands of `notemodeler` and their options."""

import argparse
from collections.abc import Callable
from datetime import date

from notemodeler import __version__
from notemodeler.domain.dates import read_date
from notemodeler.domain.numbers import CANONICAL, Unreadable
from notemodeler.domain.prices import PriceKind
from notemodeler.domain.row_dates import RowDates

DESCRIPTION = """\
Note Modeler works out floating-price convertible notes to the cent and says why.

  notemodeler                      open the window, with the Ascent Solar note on first start
  notemodeler FILE.note            open a document in the window
"""

EPILOG = """\
examples:
  notemodeler sample ascent -o ascent.note
  notemodeler quote ascent.note --on 2019-02-01
  notemodeler export ascent.note -o ascent.xlsx
  notemodeler new -o mine.note --set principal=75000 --set lookback_days=15 --prices bids.csv
  notemodeler add mine.note --preset "LG Capital" --set issue_date=2024-03-01
  notemodeler compare mine.note --note 1 --with 2
  notemodeler book mine.note --on 2024-06-30
  notemodeler value ascent.note --on 2019-03-29 --engine tree

Exit code 0: done. Exit code 2: refused, with one sentence that says why.
"""

VIEWS = {
    "ladder": "shares by price",
    "book": "the same for all notes",
    "cycle": "convert, sell, convert again",
    "prepay": "pay off or let convert",
    "cost": "all-in cost",
}
"""The decision views by the word that asks for them."""
ENGINES = ("tree", "simulation", "black-scholes", "intrinsic")
"""What can work a value out, by the word that asks for it."""


def day(text: str) -> date:
    """A date as an option holds it."""
    try:
        return read_date(text, CANONICAL)
    except Unreadable as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    made = argparse.ArgumentParser(
        "notemodeler",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"Note Modeler {__version__}")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_making(commands)
    _add_reading(commands)
    _add_views(commands)
    return made


def _add_making(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sample = commands.add_parser("sample", help="write a sample document")
    sample.add_argument(
        "name", choices=["ascent", "ascent-book"], help="one note, or a company's book of notes"
    )
    _add_output(sample, "the document to write")
    new = commands.add_parser("new", help="write a document from terms and prices")
    _add_output(new, "the document to write")
    _add_terms(new)
    new.add_argument("--prices", metavar="FILE", help="a CSV or XLSX file of prices")
    new.add_argument(
        "--series", choices=[kind.value for kind in PriceKind],
        help="what the prices are, if the file does not say",
    )  # fmt: skip
    new.add_argument(
        "--answer", action="append", default=[], metavar="QUESTION=CHOICE", dest="answers",
        help="settle what the price file leaves open, as the refusal says",
    )  # fmt: skip
    new.add_argument(
        "--shares", action="append", default=[], metavar="DATE=COUNT",
        help="shares outstanding as of a date; may be given several times",
    )  # fmt: skip
    add = commands.add_parser("add", help="add a note to a document")
    add.add_argument("file", metavar="FILE", help="a .note document")
    _add_terms(add)
    add.add_argument(
        "-o", "--output", metavar="FILE", help="write there and leave the document as it is"
    )


def _add_terms(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--preset", metavar="NAME", help="begin with a lender's form (see `notemodeler presets`)"
    )
    command.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", dest="settings",
        help="set a term (see `notemodeler terms`); rates as 0.08 or 8%%, dates as 2018-08-01, rows "
        "of a table as 0|30|115%%;31|60|120%%",
    )  # fmt: skip


def _add_reading(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    terms = commands.add_parser("terms", help="list every term: name, label, unit, bounds, default")
    terms.add_argument("--json", action="store_true", help="as JSON, with the help texts")
    presets = commands.add_parser("presets", help="list the lenders' forms and your own presets")
    _add_json(presets)
    quote = commands.add_parser("quote", help="the conversion price and shares on a day, and why")
    _add_file(quote)
    quote.add_argument("--on", required=True, type=day, metavar="DATE", help="the notice date")
    _add_json(quote)
    schedule = commands.add_parser("schedule", help="the schedule of the note")
    _add_file(schedule)
    _add_rows(schedule)
    form = schedule.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON, decimals as text")
    form.add_argument("--csv", action="store_true", help="as comma-separated values")
    export = commands.add_parser("export", help="write the Excel workbook")
    _add_file(export)
    _add_rows(export)
    _add_output(export, "the workbook to write (.xlsx)")
    export.add_argument(
        "--no-valuation", action="store_true",
        help="leave out the sheets about the value and what may come, which take seconds",
    )  # fmt: skip
    payoff = commands.add_parser("payoff", help="what pays the note off on a day")
    _add_file(payoff)
    payoff.add_argument("--on", required=True, type=day, metavar="DATE", help="the day")
    _add_json(payoff)


def _add_views(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    book = commands.add_parser("book", help="all notes of the document on a day")
    book.add_argument("file", metavar="FILE", help="a .note document")
    book.add_argument(
        "--on", type=day, metavar="DATE", help="the day (default: after the last price)"
    )
    _add_json(book)
    decide = commands.add_parser("decide", help="what to do about the note")
    _add_file(decide)
    decide.add_argument(
        "view", choices=VIEWS, help="; ".join(f"{name}: {said}" for name, said in VIEWS.items())
    )
    decide.add_argument(
        "--on", type=day, metavar="DATE", help="the day (default: after the last price)"
    )
    _add_json(decide)
    compare = commands.add_parser("compare", help="the terms that differ, and what each costs")
    _add_file(compare)
    compare.add_argument(
        "--with", required=True, metavar="NOTE", dest="other",
        help="the number of another note, another document, or the name of a preset",
    )  # fmt: skip
    compare.add_argument(
        "--with-note", type=int, default=1, metavar="N", dest="other_note",
        help="which note of the other document (default: 1)",
    )  # fmt: skip
    compare.add_argument(
        "--on", type=day, metavar="DATE",
        help="the day of the full conversion (default: when conversion opens)",
    )  # fmt: skip
    _add_json(compare)
    _add_value(commands)
    _add_simulate(commands)


def _add_value(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    value = commands.add_parser("value", help="what the note and its conversion right are worth")
    _add_file(value)
    value.add_argument(
        "--on",
        type=day,
        metavar="DATE",
        help="the day (default: the valuation date of the document)",
    )
    value.add_argument(
        "--engine", choices=ENGINES, help="one engine (default: all of them side by side)"
    )
    value.add_argument(
        "--points", type=int, choices=(3, 4, 6), default=4,
        help="returns a day of the window tree: more are finer and slower (default: 4)",
    )  # fmt: skip
    value.add_argument(
        "--dates", action="store_true",
        help="value it when reports do, up to the day, with the level-3 roll-forward",
    )  # fmt: skip
    _add_json(value)


def _add_simulate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    simulate = commands.add_parser(
        "simulate", help="what may come of the note, from simulated paths"
    )
    _add_file(simulate)
    simulate.add_argument(
        "--on", type=day, metavar="DATE",
        help="the day as of which everything is known (default: the valuation date of the document)",
    )  # fmt: skip
    simulate.add_argument(
        "--paths", type=count(100, 10_000_000), metavar="N",
        help="how many paths (default: as the document says)",
    )  # fmt: skip
    simulate.add_argument(
        "--seed", type=count(0, 2**53), metavar="S",
        help="the seed of the random numbers (default: as the document says)",
    )  # fmt: skip
    _add_json(simulate)


def count(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number of an option within bounds."""

    def number(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text[:20]) <= most:
            raise argparse.ArgumentTypeError(f"a whole number from {least} to {most} is wanted")
        return int(text)

    return number


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="as JSON, decimals as text")


def _add_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="a .note document")
    command.add_argument(
        "--note", type=int, default=1, metavar="N", help="which note of the document (default: 1)"
    )


def _add_rows(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rows", choices=[rows.value for rows in RowDates], default=RowDates.MONTH_ENDS.value,
        help="on which days the schedule has rows besides events (default: month_ends)",
    )  # fmt: skip


def _add_output(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("-o", "--output", required=True, metavar="FILE", help=what)
