"""Which days of a schedule are shown: a choice of the reader that changes no balance."""

from notemodeler.domain.kinds import Choice


class RowDates(Choice):
    """On which days the schedule has a row besides funding, events and maturity."""

    MONTH_ENDS = "month_ends", "month ends"
    QUARTER_ENDS = "quarter_ends", "quarter ends"
    EVENTS = "events", "events only"
    DAILY = "daily", "every day"
