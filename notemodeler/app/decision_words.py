"""What the decisions come to in sentences: for a filing, for a board, for an investor."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from notemodeler.app.why_figures import company_percent
from notemodeler.domain.dates import show_date, show_long_date
from notemodeler.domain.numbers import FORM, MONEY_CONTEXT, show_decimal
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.decisions.all_in_cost import AllInCost
from notemodeler.engines.decisions.case import Case
from notemodeler.engines.decisions.cycle_figures import Cycle
from notemodeler.engines.decisions.ladder import Ladder, Level, Rung
from notemodeler.engines.decisions.prepay_or_convert import PrepayDay, PrepayOrConvert, Side
from notemodeler.engines.words import counted, dollars, number_word, percent

FIGURES = 4
"""Significant figures of a price in a sentence; no fewer than four decimals."""
HALF = Decimal("-0.50")


def short_price(price: Decimal) -> str:
    """`$0.001718`: enough of a price for a sentence; the table has all of it."""
    places = max(4, FIGURES - 1 - price.adjusted()) if price else 4
    return "$" + show_decimal(price, FORM, least=4, most=places)


def rate_words(rate: float) -> str:
    """`87.0 %`."""
    return f"{rate * 100:,.1f} %"


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def ladder_sentences(case: Case, ladder: Ladder) -> Iterator[str]:
    """The sentence that a filing would use, and what it leaves out."""
    rung = ladder.rung(Level.TODAY)
    if rung is None or rung.shares is None:
        rung = ladder.rung(Level.NOW)
    if rung is None or rung.shares is None:
        return
    yield f"{_filing(case, ladder, rung)}{_fall(ladder, rung)}."
    yield from _opening(case, ladder)
    yield from _left_out(case, ladder, rung)


def _filing(case: Case, ladder: Ladder, rung: Rung) -> str:
    many = len(ladder.places) > 1
    notes = f"the {counted(len(ladder.places), 'note')}" if many else "the note"
    at = "the conversion prices of that day"
    if rung.level is Level.NOW:
        at = "the conversion prices of a market flat at the last price"
    if rung.conversion_price is not None:
        at = f"the conversion price of {short_price(rung.conversion_price)}"
    return (
        f"As of {show_long_date(ladder.on)}, conversion of the {dollars(ladder.amount)} outstanding under "
        f"{notes} at {at} would result in the issuance of {_shares(rung)}"
    )


def _shares(rung: Rung) -> str:
    text = f"{rung.shares:,} shares"
    if rung.share_of_company is not None:
        text += f", or {company_percent(rung.share_of_company)} of the shares outstanding after it"
    return text


def _fall(ladder: Ladder, rung: Rung) -> str:
    fallen = ladder.rung(Level.FALL, HALF)
    if fallen is None or fallen.shares is None or rung.shares is None:
        return ""
    lead = "; a fall of the market price by 50 % would"
    if fallen.shares == rung.shares:
        return f"{lead} leave this as it is"
    text = f"{lead} {'raise' if fallen.shares > rung.shares else 'bring'} this to {fallen.shares:,} shares"
    if fallen.share_of_company is None:
        return text
    return f"{text}, or {company_percent(fallen.share_of_company)}"


def _opening(case: Case, ladder: Ladder) -> Iterator[str]:
    opens = [opening_date(case.book.notes[place]) for place in ladder.places]
    later = sorted(day for day in opens if day > ladder.on)
    if later and len(opens) == 1:
        yield f"The note becomes convertible on {show_long_date(later[0])}."
    elif later:
        verb = "is" if len(later) == 1 else "are"
        until = show_long_date(later[-1])
        yield f"Of the notes {number_word(len(later))} {verb} not yet convertible, the last until {until}."


def _left_out(case: Case, ladder: Ladder, rung: Rung) -> Iterator[str]:
    limits = {case.book.notes[place].conversion.ownership_limit for place in ladder.places}
    known = sorted(limit for limit in limits if limit is not None)
    if known:
        text = (
            "These figures disregard the limit on what a holder may own "
            f"({_and([percent(limit) for limit in known])})"
        )
        if rung.pace is not None and rung.pace.lots > 1:
            text += f", under which it would take {counted(rung.pace.lots, 'notice')} of conversion"
        yield f"{text}."
    if rung.authorised_short:
        yield f"{rung.authorised_short:,} more shares would have to be authorised."


def prepay_sentences(found: PrepayOrConvert, on: date) -> Iterator[str]:
    """What a board must know of one day, and of the days around it."""
    day = found.on(on) or found.most_saved
    if day is not None:
        yield from _sides(found, day)
    yield from _turns(found)
    best, last = found.most_saved, found.last_payable
    if best not in (None, day) and best.saving is not None and best.saving > 0:
        yield (
            f"Paying off saves the most on {show_date(best.date)}: {dollars(best.saving)} against "
            "letting the holder convert."
        )
    if last is not None and last.payoff is not None and last.payoff.last_date is not None:
        yield f"The last day on which the company may prepay by itself is {show_date(last.date)}."


def _sides(found: PrepayOrConvert, day: PrepayDay) -> Iterator[str]:
    named = f"On {show_long_date(day.date)} (day {day.number:,})"
    if day.payoff is None:
        cash = f"{named} the company may not prepay without the holder's consent"
    else:
        cash = f"{named} paying the note off takes {dollars(day.payoff.total)} in cash, {day.payoff.words}"
    if (
        day.value is None
        or day.shares is None
        or day.conversion_price is None
        or day.market_price is None
    ):
        yield f"{cash}; what a conversion would give away is not known on that day."
        return
    yield (
        f"{cash}; a conversion of the whole balance at {short_price(day.conversion_price)} would give away "
        f"{day.shares:,} shares, worth {dollars(day.value)} at the market price of "
        f"{short_price(day.market_price)}."
    )
    if day.saving is not None:
        side = "Prepaying" if day.cheaper is Side.PREPAY else "Letting the holder convert"
        yield f"{side} costs the company {dollars(abs(day.saving))} less."
    if day.is_hypothetical:
        yield f"Conversion opens only on {show_long_date(found.opens_date)}: until then its side is hypothetical."
    if day.is_continued:
        yield "The prices of that day are assumed."


def _turns(found: PrepayOrConvert) -> Iterator[str]:
    compared = [day for day in found.days if day.cheaper]
    if compared and not found.crossings:
        side = compared[0].cheaper
        words = "prepaying" if side is Side.PREPAY else "letting the holder convert"
        yield f"On every day that can be compared {words} is the cheaper side."
    elif found.crossings:
        last = found.crossings[-1]
        words = "prepaying" if last.cheaper is Side.PREPAY else "letting the holder convert"
        yield (
            f"The cheaper side changes {counted(len(found.crossings), 'time')}, the last on "
            f"{show_date(last.date)}, from which {words} is cheaper."
        )


def cycle_sentences(cycle: Cycle) -> Iterator[str]:
    """How the note ends if the holder converts and sells as fast as it may."""
    if not cycle.lots:
        yield f"From {show_date(cycle.start)} on nothing would be converted: {_why(cycle)}."
        return
    lots, last = cycle.lots, cycle.lots[-1]
    text = (
        f"From {show_date(cycle.start)} the holder would convert {dollars(cycle.converted)} in "
        f"{counted(len(lots), 'notice')}, the last on {show_date(last.date)}, into {cycle.shares:,} shares"
    )
    if cycle.share_of_company is not None:
        text += f", {company_percent(cycle.share_of_company)} of those then outstanding"
    yield f"{text}."
    sold = sum(day.sold for day in cycle.days)
    if sold:
        worth = MONEY_CONTEXT.divide(cycle.proceeds, cycle.converted) if cycle.converted else None
        text = f"Selling them would bring {dollars(cycle.proceeds)}"
        if worth is not None:
            text += f", {short_price(worth)} for each dollar converted"
        yield f"{text}."
    if cycle.over_date is not None:
        yield f"It would be over on {show_date(cycle.over_date)}."
        if cycle.left:
            yield f"{dollars(cycle.left)} would be left, too little for one share."
    else:
        yield f"{dollars(cycle.left)} would be left: {_why(cycle)}."


def _why(cycle: Cycle) -> str:
    return f"{cycle.words[0].lower()}{cycle.words[1:].rstrip('.')}"


def cost_sentences(cost: AllInCost) -> Iterator[str]:
    """What the money would have cost in all."""
    if cost.given is None or cost.cost is None:
        return
    text = (
        f"If all that is owed were converted and sold on {show_long_date(cost.on)}, the "
        f"{dollars(cost.proceeds)} received would have cost {dollars(cost.cost)}"
    )
    if cost.annual_rate is not None:
        text += f", {rate_words(cost.annual_rate)} a year"
    parts = [
        f"{step.part.label.lower()} {dollars(step.amount)}" for step in cost.steps if step.amount
    ]
    yield f"{text}: {_and(parts)}." if parts else f"{text}."
