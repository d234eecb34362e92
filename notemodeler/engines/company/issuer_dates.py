"""What is to come of the company itself: charter, splits and times in which shares cannot be delivered."""

from collections.abc import Iterator
from datetime import date, timedelta

from notemodeler.domain.dates import show_date
from notemodeler.domain.issuer import Issuer, Split, StatusEvent
from notemodeler.engines.company.coming import Coming, NextKind

ONE_DAY = timedelta(days=1)


def issuer_dates(issuer: Issuer, day: date) -> Iterator[Coming]:
    """What comes on the day or after it, in no order."""
    for row in issuer.shares_authorised:
        if row.from_date >= day:
            text = f"The charter authorises {row.shares:,} shares."
            yield Coming(row.from_date, NextKind.CHARTER, text)
    for split in issuer.splits:
        if split.date >= day:
            yield Coming(split.date, NextKind.SPLIT, _split_words(split))
    for event in issuer.status_events:
        yield from _status(event, day)


def _split_words(split: Split) -> str:
    kind = "reverse split" if split.new_shares < split.old_shares else "split"
    return f"The {kind} takes effect: {split_ratio(split)}."


def split_ratio(split: Split) -> str:
    """`10 old shares become 1 new`."""
    return f"{split.old_shares:,} old shares become {split.new_shares:,} new"


def _status(event: StatusEvent, day: date) -> Iterator[Coming]:
    """A time begins on its first day; it is over on the day after its last."""
    what = event.kind.label
    if event.from_date >= day:
        yield Coming(event.from_date, NextKind.STATUS, f"Begins: {what}.")
    if event.until_date is not None and event.until_date + ONE_DAY >= day:
        text = f"Over: {what}, of which {show_date(event.until_date)} is the last day."
        yield Coming(event.until_date + ONE_DAY, NextKind.STATUS, text)
