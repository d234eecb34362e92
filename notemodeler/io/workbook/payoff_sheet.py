"""The Pay-off sheet: day by day what pays the note off, against the shares that a conversion would give away."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from notemodeler.domain.rule import WindowEnd
from notemodeler.engines.decisions.prepay_or_convert import PrepayDay, Side
from notemodeler.engines.history import Owed
from notemodeler.engines.notice_days import NoticeDay
from notemodeler.engines.prepayment import PayOff, payoff_of
from notemodeler.io.workbook import payoff_formulas as payoff
from notemodeler.io.workbook import share_formulas as count
from notemodeler.io.workbook.balance_columns import balance_columns
from notemodeler.io.workbook.cells import Formula, is_same_price, plain, serial
from notemodeler.io.workbook.ledger_formulas import NOTICE
from notemodeler.io.workbook.sheet import WORKING, CellContent, Column, Sheet
from notemodeler.io.workbook.source import WorkbookInput

TITLE = "Pay-off"
HEADING_ROW = 5


def write_payoff(sheet: Sheet, source: WorkbookInput) -> None:
    """Write the sheet, one row a calendar day from funding to the last day on which the company may prepay."""
    sheet.head(
        "Prepay or let convert",
        "What pays the note off on each day, and what a conversion of the whole balance would give away.",
        "Blue prices lie past the last price of the table: they are those of the assumptions and fixed at "
        "export. Before conversion opens the shares are hypothetical. Balances come before the day's entries.",
    )
    sheet.table(HEADING_ROW, tuple(_columns(source)), filtered=True)
    sheet.heights[HEADING_ROW] = 54


@dataclass(frozen=True, eq=False)
class PayDay:
    """One calendar day of the sheet with the program's own figures."""

    source: WorkbookInput
    given: PrepayDay

    @property
    def day(self) -> date:
        return self.given.date

    @cached_property
    def owed(self) -> Owed:
        return self.source.history.owed_before_entries(self.day).in_cents()

    @cached_property
    def payoff(self) -> PayOff | None:
        return payoff_of(self.source.note, self.owed, self.day)

    @cached_property
    def notice(self) -> NoticeDay | None:
        """The notice day whose window prices a conversion on the day, if its price is that of the day."""
        days = self.source.days
        place = bisect_right(days, self.day)
        ends_before = self.source.note.conversion.rule.window_end is WindowEnd.DAY_BEFORE
        place += bool(place and ends_before and days[place - 1] < self.day)
        if not 1 <= place <= len(days) or self.given.is_continued:
            return None
        found = self.source.notice_days[place - 1]
        return found if found.window.conversion == self.given.conversion_price else None

    @property
    def is_listed(self) -> bool:
        """Whether the last price by the day stands in the list of trading days, in dollars of the day."""
        listed, market = self.source.listed, self.given.market_price
        line = bisect_right(listed.days, self.day)
        if market is None or self.given.is_continued or not line or not listed.priced_by[line]:
            return False
        price = listed.priced[listed.priced_by[line] - 1][1]
        return is_same_price(float(price) / self.source.growth_on(self.day), market)


def _columns(source: WorkbookInput) -> Iterator[Column]:
    days = [PayDay(source, each) for each in source.beyond.prepay.days]
    yield from _days(source, days)
    yield from balance_columns(
        source, [each.day for each in days], [each.owed for each in days], "payoff", parts=True
    )
    yield from _payoffs(source, days)
    yield from _shares(source, days)
    yield from _comparison(days)


def _days(source: WorkbookInput, days: list[PayDay]) -> Iterator[Column]:
    first: dict[int, CellContent] = {0: Formula("note_funding_date", days[0].day)} if days else {}
    yield Column(
        "date", "Date", 13, "formula.date", [serial(each.day) for each in days], "[^date]+1", first,
        defined_name="payoff_date",
    )  # fmt: skip
    yield Column(
        "number", "Day", 8, "formula.number", [each.given.number for each in days],
        "[date]-prepayment_from",
    )  # fmt: skip
    if source.has_splits:
        yield Column(
            "growth", "Price factor of later splits", 10, "formula.factor",
            [source.growth_on(each.day) for each in days], count.growth_on("[date]"),
            heading_style=WORKING,
        )  # fmt: skip


def _payoffs(source: WorkbookInput, days: list[PayDay]) -> Iterator[Column]:
    shape, live = source.shape, source.payoff_is_live
    yield Column(
        "percent", "Prepaid at", 11, "formula.rate" if live else "input.rate",
        [plain(each.payoff.percent) if each.payoff else None for each in days],
        payoff.percent(shape, "[number]") if live else None, defined_name="payoff_percent",
    )  # fmt: skip
    base = payoff.base(shape, "[principal]", "[interest]")
    yield Column(
        "base", "of, $", 14, "formula.amount",
        [plain(each.payoff.base) if each.payoff else None for each in days],
        f'IF([percent]="","",{base})', defined_name="payoff_base",
    )  # fmt: skip
    yield Column(
        "cash", "Cash to pay off, $", 15, "key.amount",
        [plain(each.payoff.total) if each.payoff and each.owed.total else None for each in days],
        f'IF([balance]=0,"",{payoff.total("[percent]", "[base]", "[balance]")})',
        defined_name="payoff_cash",
    )  # fmt: skip


def _shares(source: WorkbookInput, days: list[PayDay]) -> Iterator[Column]:
    yield Column(
        "conversion", "Conversion price, $", 18, "formula.price",
        [plain(each.given.conversion_price) for each in days], f"INDEX(conversion_price,{NOTICE})",
        {at: each.given.conversion_price for at, each in enumerate(days) if each.notice is None},
        {at: "input.price" for at, each in enumerate(days) if each.notice is None},
    )  # fmt: skip
    adds = source.shape.adds_principal
    counting = f"INDEX(notice_unfloored,{NOTICE})" if adds else "[conversion]"
    amount = "([balance]+IF([balance]>0,conversion_fee_amount,0))"
    exact = count.fifteen_digits(f"({amount}/{counting})")
    apart = {
        at: each.given.shares
        for at, each in enumerate(days)
        if each.owed.total and each.notice is None and (adds or not _balance_is_the_notes(each))
    }
    yield Column(
        "shares", "Shares for the whole balance", 17, "formula.count",
        [each.given.shares for each in days],
        f'IF(OR([conversion]="",[balance]=0),"",{count.whole_shares(exact)})', dict(apart),
        dict.fromkeys(apart, "input.count"),
    )  # fmt: skip
    known = "INDEX(priced_days,MATCH([date],price_dates,1))"
    carried = "/[growth]" if source.has_splits else ""
    yield Column(
        "market", "Last price, $", 16, "formula.price",
        [plain(each.given.market_price) for each in days],
        f"INDEX({source.prices_name},MATCH({known},priced_days,0)){carried}",
        {at: each.given.market_price for at, each in enumerate(days) if not each.is_listed},
        {at: "input.price" for at, each in enumerate(days) if not each.is_listed},
    )  # fmt: skip
    yield Column(
        "value", "Shares are worth, $", 15, "formula.amount",
        [plain(each.given.value) for each in days],
        'IF(OR([shares]="",[market]=""),"",ROUND([shares]*[market],2))', defined_name="payoff_value",
    )  # fmt: skip


def _balance_is_the_notes(each: PayDay) -> bool:
    """Whether the assumed prices leave the balance as the workbook's account has it."""
    if each.given.payoff is None or each.payoff is None:
        return each.given.payoff is each.payoff or not each.owed.total
    return each.given.payoff.total == each.payoff.total


def _comparison(days: list[PayDay]) -> Iterator[Column]:
    savings = [_saving(each) for each in days]
    yield Column(
        "saving", "Prepaying saves, $", 15, "formula.money", savings,
        'IF(OR([cash]="",[value]=""),"",ROUND([value]-[cash],2))',
    )  # fmt: skip
    prepay, convert = Side.PREPAY.label, Side.CONVERT.label
    words = [None if each is None else prepay if each >= 0 else convert for each in savings]
    yield Column(
        "cheaper", "Cheaper", 13, "formula.text", words,
        f'IF([saving]="","",IF([saving]>=0,"{prepay}","{convert}"))',
    )  # fmt: skip
    yield Column(
        "hypothetical", "Conversion is open", 12, "formula.text",
        ["no" if each.given.is_hypothetical else "yes" for each in days],
        'IF([date]<opens_on,"no","yes")',
    )  # fmt: skip


def _saving(each: PayDay) -> float | None:
    cash = each.payoff.total if each.payoff and each.owed.total else None
    value = each.given.value
    return None if cash is None or value is None else float(value - cash)
