"""The commands that write documents: samples, new ones, and a note added to one that is there."""

import argparse
import dataclasses
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from notemodeler.app.presets import find_preset, note_from_preset
from notemodeler.app.results import compute
from notemodeler.app.sample import SAMPLE_NAME, ascent_project
from notemodeler.app.sample_book import BOOK_NAME, ascent_book
from notemodeler.cli.arguments import day
from notemodeler.cli.fields import find_field, with_setting
from notemodeler.cli.prices import with_prices
from notemodeler.domain.issuer import ShareCount
from notemodeler.domain.issues import UserError
from notemodeler.domain.kinds import SHARES
from notemodeler.domain.note import Note
from notemodeler.domain.numbers import CANONICAL, Unreadable
from notemodeler.domain.project import Project
from notemodeler.io.document_file import load_document, save_document

SAMPLES: dict[str, tuple[str, Callable[[], Project]]] = {
    "ascent": (f"the {SAMPLE_NAME}", ascent_project),
    "ascent-book": (BOOK_NAME, ascent_book),
}
A_YEAR = timedelta(days=365)


def sample(options: argparse.Namespace) -> str:
    name, make = SAMPLES[options.name]
    save_document(options.output, make())
    return f"Wrote {name} to {options.output}."


def new(options: argparse.Namespace) -> str:
    project = _with_settings(Project(notes=(_first_note(options),)), options, 0)
    issuer = dataclasses.replace(project.issuer, shares_outstanding=_counts(options.shares))
    project = dataclasses.replace(project, issuer=issuer)
    if options.prices:
        project = with_prices(project, Path(options.prices), options.series, options.answers)
    save_document(options.output, project)
    return "\n".join([f"Wrote {options.output}.", *_issue_lines(project, 0)])


def add(options: argparse.Namespace) -> str:
    found = load_document(options.file)
    place = len(found.project.notes)
    project = found.project.with_note(_first_note(options), place)
    project = _with_settings(project, options, place)
    if options.output:
        save_document(options.output, project)
    else:
        found.on_disk.save(project)
    said = f"Added note {place + 1}, {project.notes[place].title}, to {options.output or options.file}."
    return "\n".join([said, *_issue_lines(project, place)])


def _first_note(options: argparse.Namespace) -> Note:
    return note_from_preset(find_preset(options.preset)) if options.preset else Note()


def _with_settings(project: Project, options: argparse.Namespace, place: int) -> Project:
    for setting in options.settings:
        project = with_setting(project, setting, place)
    note = project.notes[place]
    return project.with_note(_with_dates(note, options.settings), place)


def _with_dates(note: Note, settings: Sequence[str]) -> Note:
    """Funding on the issue date and maturity a year later, if the issue date alone is given."""
    given = {find_field(setting.partition("=")[0]).name for setting in settings}
    if "note.issue_date" not in given:
        return note
    if "note.funding_date" not in given:
        note = dataclasses.replace(note, funding_date=note.issue_date)
    if "note.maturity_date" not in given:
        note = dataclasses.replace(note, maturity_date=note.issue_date + A_YEAR)
    return note


def _issue_lines(project: Project, place: int) -> list[str]:
    issues = compute(project, place).issues
    return [f"{issue.severity.value}: {issue.text}" for issue in issues]


def _counts(texts: Sequence[str]) -> tuple[ShareCount, ...]:
    counts = sorted((_share_count(text) for text in texts), key=lambda count: count.date)
    if len({count.date for count in counts}) < len(counts):
        raise UserError("Two share counts are given for one day.")
    return tuple(counts)


def _share_count(text: str) -> ShareCount:
    when, equals, count = text.partition("=")
    if not equals:
        raise UserError(
            f"“{text}” is not DATE=COUNT.", "For example: --shares 2018-08-01=1000000000"
        )
    try:
        found = ShareCount(day(when), SHARES.read(count, CANONICAL))
    except (argparse.ArgumentTypeError, Unreadable) as problem:
        raise UserError(f"--shares {text}: {problem}") from None
    if found.shares < 1:
        raise UserError(f"--shares {text}: a company has at least one share outstanding.")
    return found
