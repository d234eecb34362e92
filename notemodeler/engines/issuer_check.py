"""What is odd in what is said of the company: splits, standing and authorised shares against each other."""

from collections import Counter
from collections.abc import Iterator

from notemodeler.domain.dates import show_date
from notemodeler.domain.issuer import Issuer
from notemodeler.domain.issues import Issue, Severity


def check_issuer(issuer: Issuer) -> Iterator[Issue]:
    """Every issue of the company's own terms."""
    for day, count in Counter(split.date for split in issuer.splits).items():
        if count > 1:
            text = f"{count} splits are effective on {show_date(day)}: all of them are carried out."
            yield Issue(Severity.WARNING, text, ("issuer.splits",), (day,))
    for row, event in enumerate(issuer.status_events, start=1):
        if event.until_date is not None and event.until_date < event.from_date:
            text = f"Row {row} of the deliverability ends before it begins, so that it never holds."
            yield Issue(
                Severity.ERROR, text, ("issuer.status_events",), (event.from_date, event.until_date)
            )
    for day, count in Counter(row.from_date for row in issuer.shares_authorised).items():
        if count > 1:
            text = f"{count} numbers of authorised shares hold from {show_date(day)}: one must go."
            yield Issue(Severity.ERROR, text, ("issuer.shares_authorised",), (day,))
