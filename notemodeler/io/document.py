"""The document: a project as one readable, sealed JSON text, and back without a wrong number."""

from collections.abc import Iterator
from typing import Any

from notemodeler import __version__
from notemodeler.domain.issues import Issue, Severity, UserError
from notemodeler.domain.project import FIELD_BY_NAME, Project
from notemodeler.io.document_format import (
    DAMAGED_HINT,
    VERSION,
    checksum,
    envelope_text,
    parse_envelope,
    unknown_keys,
)
from notemodeler.io.document_upgrade import upgraded, without_later
from notemodeler.io.noun_data import Gaps, MisfitError, form_of

EDITED = (
    "has been changed outside this program, or is damaged: its checksum does not fit its contents"
)


class ChecksumError(UserError):
    """The document was edited by hand or damaged; the caller may offer to open it as edited."""


def document_text(project: Project) -> str:
    """The project as the text of a `.note` file.

    What is written can be read again: a value that could not raises `UserError` naming its field.
    """
    try:
        data = form_of(Project).to_data(project)
    except MisfitError as misfit:
        raise UserError(
            f"The document cannot hold {_called(misfit.place)}: {misfit.sentence}",
            "Correct that value and save again.",
        ) from misfit
    return envelope_text(data, __version__)


def read_document(
    source: str | bytes, *, accept_edited: bool = False, name: str = "The document"
) -> tuple[Project, tuple[Issue, ...]]:
    """The project of a document's text or bytes, and what the reader should know about it.

    Raises `UserError` for what is damaged, not ours, of a newer version or malformed, and its kind
    `ChecksumError` for what was edited by hand, unless `accept_edited`: then every value is
    checked all the same and a warning is given. Values beyond their bounds are read as they are.
    `name` is how the sentences call the document.
    """
    try:
        return _read(source, accept_edited, name)
    except RecursionError as error:
        raise UserError(f"{name} is nested too deeply to be a document.", DAMAGED_HINT) from error


def _read(source: str | bytes, accept_edited: bool, name: str) -> tuple[Project, tuple[Issue, ...]]:
    envelope = parse_envelope(source, name)
    is_sealed = envelope.get("checksum") == checksum(envelope)
    if not is_sealed and not accept_edited:
        raise ChecksumError(
            f"{name} {EDITED}.",
            "If you edited it yourself, open it as edited and check every figure; "
            "if not, open the recovery copy or an earlier version.",
        )
    if unknown := unknown_keys(envelope):
        raise UserError(f"{name} holds parts that are not known: {', '.join(unknown[:5])}.")
    project, gaps = _read_project(envelope, name)
    edited = () if is_sealed else (Issue(Severity.WARNING, f"{name} {EDITED}."),)
    return project, (*edited, *_gap_issues(gaps))


def _read_project(envelope: dict[str, Any], name: str) -> tuple[Project, Gaps]:
    gaps = Gaps()
    if "project" not in envelope:
        raise UserError(f"{name} holds no project.")
    data = upgraded(envelope["project"], envelope["version"])
    try:
        project: Project = form_of(Project).from_data(data, "", gaps)
    except MisfitError as misfit:
        raise UserError(
            f"{name} cannot be used, because of {_called(misfit.place)}: {misfit.sentence}",
            f"It was written by version {str(envelope.get('written_by'))[:20]} of the program; "
            f"this is version {__version__}.",
        ) from misfit
    return project, gaps if envelope["version"] == VERSION else without_later(gaps)


def _called(place: str) -> str:
    """A place in the file with the label that the form shows for it."""
    steps = [step for step in place.split(".") if step]
    plain = ".".join(step.partition("[")[0] for step in steps)
    field = FIELD_BY_NAME.get(_field_name(plain))
    return f"“{field.term.label}” ({place})" if field else (place or "its outermost part")


def _field_name(dotted: str) -> str:
    """The name by which forms and commands know a field of the file."""
    return "note" + dotted.removeprefix("notes") if dotted.startswith("notes.") else dotted


def _gap_issues(gaps: Gaps) -> Iterator[Issue]:
    for dotted, count in gaps.items():
        name = _field_name(dotted)
        field = FIELD_BY_NAME.get(name)
        label = f"“{field.term.label}”" if field else f"“{dotted}”"
        times = "" if count == 1 else f" in {count:,} places"
        yield Issue(
            Severity.NOTE,
            f"The document does not hold {label}{times}; its default was taken.",
            (name,),
        )
