"""What a closed section of the form holds, in one line."""

from collections.abc import Callable, Iterator, Sequence

from notemodeler.domain.conversion import LIMIT
from notemodeler.domain.default import DEFAULT
from notemodeler.domain.interest import INTEREST
from notemodeler.domain.issuer import ISSUER
from notemodeler.domain.kinds import RATE
from notemodeler.domain.note import DATES, MONEY_GROUP, NOTE
from notemodeler.domain.numbers import Style
from notemodeler.domain.project import FIELD_BY_NAME, applies
from notemodeler.domain.repayment import PREPAYMENT
from notemodeler.domain.rule import GROUP, PriceComposition
from notemodeler.domain.terms import Field
from notemodeler.ui.forms.folding import NONE, ValueOf
from notemodeler.ui.forms.row_words import row_words
from notemodeler.ui.forms.sentences import plain_label, value_words

RULE = "note.conversion.rule."


def section_summary(group: str, fields: Sequence[Field], value_of: ValueOf, style: Style) -> str:
    """The terms of a group that say something, as `label: value`, in nicer words where a group has them."""
    worded = WORDED.get(group)
    said = worded(Teller(value_of, style)) if worded else _set_terms(fields, value_of, style)
    return " · ".join(words for words in said if words) or NONE


class Teller:
    """The values of a document and how they are said."""

    def __init__(self, value_of: ValueOf, style: Style) -> None:
        self.value_of = value_of
        self.style = style

    def say(self, name: str) -> str:
        """A value in words with its unit."""
        return value_words(FIELD_BY_NAME[name].term, self.value_of(name), self.style)


def _set_terms(fields: Sequence[Field], value_of: ValueOf, style: Style) -> Iterator[str]:
    for field in fields:
        value = value_of(field.name)
        if value == field.default or not applies(field.name, value_of):
            continue
        label = plain_label(field.term)
        if value is True:
            yield label
        elif len(fields) == 1:
            yield value_words(field.term, value, style)
        else:
            yield f"{label}: {value_words(field.term, value, style)}"


def _issuer(tell: Teller) -> Iterator[str]:
    yield from (tell.value_of("issuer.name"), tell.value_of("issuer.ticker"))


def _note(tell: Teller) -> Iterator[str]:
    yield from (tell.value_of("note.title"), tell.value_of("note.holder"))


def _dates(tell: Teller) -> Iterator[str]:
    yield f"{tell.say('note.issue_date')} to {tell.say('note.maturity_date')}"


def _money(tell: Teller) -> Iterator[str]:
    yield tell.say("note.principal_amount")
    if tell.value_of("note.purchase_price_amount") is not None:
        yield f"bought for {tell.say('note.purchase_price_amount')}"


def _interest(tell: Teller) -> Iterator[str]:
    yield f"{tell.say('note.interest.rate')} {tell.say('note.interest.charge')}"
    yield f"{tell.say('note.interest.default_rate')} on default"


def _price(tell: Teller) -> Iterator[str]:
    made = tell.value_of(RULE + "composition")
    if made is not PriceComposition.VARIABLE:
        yield f"{made.label} {tell.say(RULE + 'fixed_price')}"
    if made is not PriceComposition.FIXED:
        count = tell.value_of(RULE + "lowest_count")
        reference = tell.say(RULE + "statistic").replace(" N ", f" {count} ")
        days = tell.say(RULE + "lookback_days")
        yield f"{tell.say(RULE + 'multiplier')} of {reference} in {days}"


def _limits(tell: Teller) -> Iterator[str]:
    yield tell.say("note.conversion.ownership_limit")
    if tell.value_of("note.conversion.exchange_cap") is not None:
        yield f"exchange cap {tell.say('note.conversion.exchange_cap')}"


def _prepayment(tell: Teller) -> Iterator[str]:
    if tell.value_of("note.repayment.prepayment_steps"):
        yield tell.say("note.repayment.prepayment_steps")
        after = tell.value_of("note.repayment.prepayment_after")
        yield f"then {tell.say('note.repayment.prepayment_after')}" if after else "then by consent"


def _default(tell: Teller) -> Iterator[str]:
    """The sum on default is told though it only shows in the form once there is a default."""
    multiple = tell.value_of("note.default.multiple")
    if multiple != 1:
        yield f"{RATE.show(multiple, tell.style)} on default"
    yield from (row_words(row, tell.style) for row in tell.value_of("note.default.sums"))
    if tell.value_of("note.default.penalty_per_day_amount"):
        yield f"{tell.say('note.default.penalty_per_day_amount')} a day of delay"
    if tell.value_of("note.default.default_date") is None:
        yield "none yet"
    else:
        yield f"{tell.say('note.default.event')} on {tell.say('note.default.default_date')}"


WORDED: dict[str, Callable[[Teller], Iterator[str]]] = {
    ISSUER: _issuer,
    NOTE: _note,
    DATES: _dates,
    MONEY_GROUP: _money,
    INTEREST: _interest,
    GROUP: _price,
    LIMIT: _limits,
    PREPAYMENT: _prepayment,
    DEFAULT: _default,
}
"""Sections with words of their own; of the others, the terms that are set are told."""
