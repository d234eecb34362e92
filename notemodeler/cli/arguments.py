"""What can be typed: the commands of `notemodeler` and their options."""

import argparse
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

Exit code 0: done. Exit code 2: refused, with one sentence that says why.
"""


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
    return made


def _add_making(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sample = commands.add_parser("sample", help="write a sample document")
    sample.add_argument("name", choices=["ascent"], help="which sample")
    _add_output(sample, "the document to write")
    new = commands.add_parser("new", help="write a document from terms and prices")
    _add_output(new, "the document to write")
    new.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", dest="settings",
        help="set a term (see `notemodeler terms`); rates as 0.08 or 8%%, dates as 2018-08-01",
    )  # fmt: skip
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


def _add_reading(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    terms = commands.add_parser("terms", help="list every term: name, label, unit, bounds, default")
    terms.add_argument("--json", action="store_true", help="as JSON, with the help texts")
    quote = commands.add_parser("quote", help="the conversion price and shares on a day, and why")
    _add_file(quote)
    quote.add_argument("--on", required=True, type=day, metavar="DATE", help="the notice date")
    quote.add_argument("--json", action="store_true", help="as JSON, decimals as text")
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
