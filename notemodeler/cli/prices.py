"""Prices from a file into a new document: what is unclear is refused with the answers that would settle it."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from notemodeler.domain.issues import UserError
from notemodeler.domain.prices import PriceKind
from notemodeler.domain.project import Project
from notemodeler.io.price_files import PriceProposal, read_price_table

MOST_ROWS_NAMED = 3


def with_prices(project: Project, path: Path, kind: str | None, answers: Sequence[str]) -> Project:
    """The project with the series of a price file; rows that were not understood are refused by name."""
    proposal = read_price_table(path, answers=dict(_answer(text) for text in answers))
    _refuse_questions(proposal)
    _refuse_rows(proposal)
    if proposal.needs_kind and kind is None:
        raise UserError(
            f"{path.name} does not say what its prices are.",
            "Add --series bid, close, low or vwap.",
        )
    series = proposal.series(PriceKind(kind) if kind else None)
    if not series:
        raise UserError(f"{path.name} holds no prices.")
    return dataclasses.replace(project, prices=series)


def _answer(text: str) -> tuple[str, str]:
    question, equals, choice = text.partition("=")
    if not equals:
        raise UserError(f"“{text}” is not QUESTION=CHOICE.")
    return question.strip(), choice.strip()


def _refuse_questions(proposal: PriceProposal) -> None:
    if not proposal.questions:
        return
    question = proposal.questions[0]
    choices = "; or ".join(
        f"--answer {question.id}={key} for {reading}" for key, reading in question.options
    )
    raise UserError(f"{proposal.source_name}: {question.sentence}", f"Say {choices}.")


def _refuse_rows(proposal: PriceProposal) -> None:
    if not proposal.rejected_count:
        return
    named = " ".join(
        f"Row {row.row_number}: {row.reason}" for row in proposal.rejected[:MOST_ROWS_NAMED]
    )
    raise UserError(
        f"{proposal.source_name}: {proposal.rejected_count} of its rows cannot be taken. {named}",
        "Mend or remove those rows; the window's import takes the others and shows these.",
    )
