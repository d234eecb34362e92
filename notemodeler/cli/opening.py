"""The document that a command is about, and the note of it that is meant."""

import argparse

from notemodeler.app.results import Results, compute
from notemodeler.domain.issues import UserError
from notemodeler.domain.project import Project
from notemodeler.io.document_file import load_document


def opened(options: argparse.Namespace) -> Results:
    """The results of the note that the options name."""
    project = load_document(options.file).project
    return compute(project, place_of(project, options.note))


def place_of(project: Project, number: int) -> int:
    """The place of the note that people count from 1."""
    if not 1 <= number <= len(project.notes):
        raise UserError(f"There is no note {number}: the document has {len(project.notes)}.")
    return number - 1
