"""What follows at once from a term, in a few words to stand beneath it."""

from collections.abc import Iterator
from datetime import date, timedelta

from notemodeler.app.results import Results
from notemodeler.app.why import show_day
from notemodeler.app.why_figures import short_percent
from notemodeler.domain.dates import show_date
from notemodeler.domain.interest import InterestCharge
from notemodeler.engines.conversion import opening_date
from notemodeler.engines.interest_charge import (
    charge_amount,
    charge_date,
    charge_end,
    net_proceeds,
    prepaid_interest,
)
from notemodeler.engines.words import dollars, percent


def asides(results: Results) -> dict[str, str]:
    """The words by dotted field name; a term of which nothing follows has none."""
    found: dict[str, str] = {}
    for say in (_money, _interest, _dates, _price, _prepayment, _reserve, _default):
        found |= say(results)
    return found


def _money(results: Results) -> Iterator[tuple[str, str]]:
    note = results.note
    discount = note.original_issue_discount
    if discount > 0:
        share = short_percent(discount / note.principal_amount)
        words = f"Original issue discount {dollars(discount)}, {share} of the principal"
        yield "note.purchase_price_amount", words
    elif discount == 0:
        yield "note.purchase_price_amount", "No issue discount"
    arrives, kept = net_proceeds(note), prepaid_interest(note)
    if arrives > 0:
        less = f", prepaid interest of {dollars(kept)} kept back" if kept else ""
        yield "note.withheld_fees_amount", f"Proceeds {dollars(arrives)}{less}"


def _interest(results: Results) -> Iterator[tuple[str, str]]:
    """The day and the dollars of interest that is not earned day by day."""
    note = results.note
    charge, end = note.interest.charge, show_date(charge_end(note))
    earned = charge_date(note)
    on = show_date(earned) if earned else ""
    amount = dollars(charge_amount(note, note.principal_amount))
    if charge is InterestCharge.ONE_TIME:
        yield "note.interest.charge", f"{amount} on {on}"
    elif charge is InterestCharge.AFTER_DAYS:
        yield "note.interest.charge_days", f"{on}: {amount} of the whole principal"
    elif charge is InterestCharge.GUARANTEED:
        yield "note.interest.charge_days", f"Until {end}: {amount} however early it is repaid"
    elif charge is InterestCharge.PREPAID:
        kept = dollars(prepaid_interest(note))
        yield "note.interest.charge_days", f"Until {end}: {kept} kept back from the proceeds"


def _dates(results: Results) -> Iterator[tuple[str, str]]:
    note = results.note
    term = (note.maturity_date - note.funding_date).days
    if term > 0:
        due = results.history.owed_on(note.maturity_date).in_cents().total
        yield "note.maturity_date", f"{_days(term)} from funding, {dollars(due)} due"
    opens = opening_date(note)
    after = (opens - note.issue_date).days
    closed = " (market closed)" if _is_closed(results, opens) else ""
    if note.conversion.opens_date is None:
        yield "note.conversion.opens_days", f"{show_day(opens)}{closed}"
    else:
        yield "note.conversion.opens_date", f"{_days(after)} after issue{closed}"


def _price(results: Results) -> Iterator[tuple[str, str]]:
    note = results.note
    days = note.conversion.rule.fixed_for_days
    if days is not None:
        last = show_date(note.issue_date + timedelta(days=days))
        yield "note.conversion.rule.fixed_for_days", f"For notices through {last}"


def _prepayment(results: Results) -> Iterator[tuple[str, str]]:
    """What paying the note off would take on the day of the next notice, and when redemptions open."""
    note, day = results.note, results.next_notice_date
    if note.repayment.prepayment_steps and results.history.owed_before_entries(day).total > 0:
        pay_off = results.payoff(day)
        words = (
            f"{percent(pay_off.percent)}, pay-off {dollars(pay_off.total)}"
            if pay_off
            else "only with the holder’s consent"
        )
        yield "note.repayment.prepayment_steps", f"{show_date(day)}: {words}"
    if note.repayment.redemption_monthly_amount is not None:
        opens = note.issue_date + timedelta(days=note.repayment.redemption_opens_days)
        yield "note.repayment.redemption_opens_days", show_day(opens)


def _reserve(results: Results) -> Iterator[tuple[str, str]]:
    multiple, day = results.note.conversion.reserve_multiple, results.next_notice_date
    if multiple is None:
        return
    from notemodeler.engines.company.reserve import required_shares

    required = required_shares(multiple, results.quote(day).shares)
    if required:
        yield "note.conversion.reserve_multiple", f"{required:,} shares on {show_date(day)}"


def _is_closed(results: Results, day: date) -> bool:
    calendar = results.market.calendar
    return calendar.first <= day <= calendar.last and not calendar.is_trading_day(day)


def _days(count: int) -> str:
    return f"{count:,} day" + ("" if count == 1 else "s")


def _default(results: Results) -> Iterator[tuple[str, str]]:
    cost, terms = results.default_cost, results.note.default
    if terms.default_date is None and terms.multiple_due > 1:
        yield (
            "note.default.default_date",
            f"On default {percent(terms.multiple_due)} of what is due",
        )
    elif cost is not None:
        words = "Costs" if cost.extra >= 0 else "Saves"
        yield (
            "note.default.default_date",
            f"{words} {dollars(abs(cost.extra))} by {show_date(cost.on)}",
        )
