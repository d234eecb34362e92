"""A fair value as a card shows it: headline, parts, how sure it is and why, as lines, text and HTML."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from notemodeler.app.valuation_columns import in_cents
from notemodeler.domain.dates import show_date
from notemodeler.domain.issues import Issue, Severity
from notemodeler.engines.valuation.fair_value import COARSE
from notemodeler.engines.valuation.worth import Engine, FairValue
from notemodeler.engines.words import dollars

NO_FIGURE = "–"
ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class WorthLine(NamedTuple):
    """A figure under its label, with a smaller line beneath."""

    label: str
    value: str
    detail: str = ""


class WorthCard(NamedTuple):
    """What a card shows; without a headline there is no value and the issues say why.

    `status` is what is still being done about the value.
    """

    title: str
    label: str
    headline: str
    lines: tuple[WorthLine, ...]
    sentences: tuple[str, ...]
    issues: tuple[Issue, ...]
    status: str = ""


def worth_card(found: FairValue | None, status: str = "") -> WorthCard:
    """The value of a note with its right to convert, without it, and the right.

    While a finer one is under way nothing is said of how coarse this one is.
    """
    if found is None:
        return WorthCard("Fair value", "", "", (), (), (), status)
    title = f"Fair value on {show_date(found.on)}"
    told = [issue for issue in found.issues if not (status and issue == COARSE)]
    issues = tuple(sorted(told, key=lambda issue: ORDER.index(issue.severity)))
    if found.note is None:
        return WorthCard(title, "", "", (), (), issues, status)
    sentences = () if found.engine is Engine.SIMULATION else found.words
    lines = tuple(_lines(found, status))
    label = f"Note with its right, {show_date(found.on)}"
    return WorthCard(title, label, _money(found.note), lines, sentences, issues, status)


def _lines(found: FairValue, status: str) -> Iterator[WorthLine]:
    yield WorthLine("Conversion right", _money(found.right))
    yield WorthLine("Without it (straight debt)", _money(found.straight))
    label = "Standard error" if found.engine is Engine.SIMULATION else "Discretisation error"
    error = "" if found.error is None else f"± {_money(found.error)}"
    parts = " · ".join(each for each in (error, status) if each)
    yield WorthLine(label, parts or "not known", engine_words(found))
    if found.worth_now is not None:
        yield WorthLine("All converted on the day", _money(found.worth_now))
    if found.least is not None:
        yield WorthLine("If limits allow one conversion", _money(found.least))


def engine_words(found: FairValue) -> str:
    """Which engine answered, and how finely."""
    if found.engine is Engine.SIMULATION:
        return " ".join(found.words)
    if found.work is None:
        return f"by the {found.engine.label}"
    work = found.work
    return (
        f"by the {found.engine.label}: {work.points} returns a day, {work.states:,} states, "
        f"{work.steps:,} trading days"
    )


def card_text(card: WorthCard) -> str:
    """The card as lines of plain text."""
    lines = [f"{card.title}: {card.headline or card.status or 'no value'}"]
    for line in card.lines:
        detail = f" ({line.detail})" if line.detail else ""
        lines.append(f"  {line.label}: {line.value}{detail}")
    lines += card.sentences
    lines += [f"{issue.severity.value.capitalize()}: {issue.text}" for issue in card.issues]
    return "\n".join(lines) + "\n"


def card_html(card: WorthCard) -> str:
    """The card as a small table with its sentences, for a document."""
    rows = "".join(
        f"<tr><td>{escape(line.label)}</td><td align='right'>{escape(line.value)}</td>"
        f"<td>{escape(line.detail)}</td></tr>"
        for line in (WorthLine(card.label, card.headline), *card.lines)
        if line.label
    )
    words = (*card.sentences, *(issue.text for issue in card.issues))
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in words)
    return f"<h3>{escape(card.title)}</h3><table>{rows}</table>{paragraphs}"


def _money(value: float | None) -> str:
    shown = in_cents(value)
    return NO_FIGURE if shown is None else dollars(shown)
