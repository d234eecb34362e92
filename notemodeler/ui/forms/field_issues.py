"""Which issues belong to which field, and when a document is another one altogether."""

from notemodeler.domain.issues import Issue, Severity
from notemodeler.domain.project import Project


def is_another_document(before: Project, after: Project) -> bool:
    """Whether all of it was replaced, as loading does and no edit: then unread texts go too."""
    return not (
        before.issuer is after.issuer
        or before.notes is after.notes
        or before.prices is after.prices
    )


def by_field(issues: tuple[Issue, ...]) -> dict[str, tuple[Issue, ...]]:
    """The issues of each field, errors first as they come; notes are left to the why-card."""
    found: dict[str, tuple[Issue, ...]] = {}
    for issue in issues:
        if issue.severity is not Severity.NOTE:
            for name in issue.fields:
                found[name] = (*found.get(name, ()), issue)
    return found
