"""Worksheet formulas that count shares: what an amount buys, what is outstanding, what the limit allows."""

from dataclasses import dataclass

from notemodeler.domain.conversion import ShareRounding

REPORT = "INDEX(count_dates,MATCH([date],count_dates,1))"
REPORTED = "INDEX(count_shares,MATCH([date],count_dates,1))"
LIMIT = (
    'IF(OR(conversion_ownership_limit="",[outstanding]=""),"",'
    "MAX(0,INT(ROUND((conversion_ownership_limit*[outstanding]-[held])"
    "/(1-conversion_ownership_limit),6))))"
)
"""The most new shares n with held + n no more than the limit's part of outstanding + n."""


@dataclass(frozen=True, slots=True)
class ShareCounts:
    """The formulas of one workbook: whether the company split its shares, whether other notes issued some.

    Without splits plain sums do. With them every count is carried from its own day to the day of the
    row, and a fraction of a share falls away.
    """

    splits: bool
    others: bool

    def outstanding_before(self) -> str:
        """The last report plus what was issued from its day to the day before."""
        parts = [self._reported(), self._issued("step", '"<"&[date]', "<[date]", since=True)]
        if self.others:
            parts.append(self._issued("other", '"<"&[date]', "<[date]", since=True))
        return f'IFERROR({"+".join(parts)},"")'

    def outstanding_after(self) -> str:
        """The last report plus what was issued from its day to the end of the day."""
        parts = [self._reported(), self._issued("step", '"<="&[date]', "<=[date]", since=True)]
        if self.others:
            parts.append(self._issued("other", '"<="&[date]', "<=[date]", since=True))
        return f'IFERROR({"+".join(parts)},"")'

    def outstanding_at_step(self) -> str:
        """The last report plus what was issued since in the steps above and, by then, under other notes."""
        parts = [self._reported(), self._above(since=True)]
        if self.others:
            parts += self._others_by_then(since=True)
        return f'IFERROR({"+".join(parts)},"")'

    def held_before(self) -> str:
        """What the holder and its affiliates hold as the day begins."""
        own = self._issued("step", '"<"&[date]', "<[date]")
        parts = [self._held_besides(), f'IF(conversion_lots_are_sold="yes",0,{own})']
        if self.others:
            parts.append(self._issued("other", '"<"&[date]', "<[date]", kept=True))
        return "+".join(parts)

    def held_at_step(self) -> str:
        """What they hold just before the step."""
        parts = [
            self._held_besides(),
            f'IF(conversion_lots_are_sold="yes",0,{self._above(since=False)})',
        ]
        if self.others:
            parts += self._others_by_then(since=False, kept=True)
        return "+".join(parts)

    def issued_by(self, number: str) -> str:
        """What another note of the book has issued by the end of the day."""
        if self.splits:
            shares = _carried("other_shares", "other_growth")
            return f"SUMPRODUCT((other_date<=[date])*(other_number={number})*{shares})"
        return f'SUMIFS(other_shares,other_date,"<="&[date],other_number,{number})'

    def issued(self) -> str:
        """What this note has issued by the end of the day."""
        return self._issued("step", '"<="&[date]', "<=[date]")

    def issued_by_all(self) -> str:
        """What all notes of the book have issued by the end of the day."""
        parts = [self.issued()]
        if self.others:
            parts.append(self._issued("other", '"<="&[date]', "<=[date]"))
        return "+".join(parts)

    def left_of(self, cap: str) -> str:
        """What a cap on the shares of the note, in shares of its issue date, leaves before the step."""
        most = _carried(cap, "issue_growth") if self.splits else cap
        return f'IF({cap}="","",MAX(0,{most}-{self._above(since=False)}))'

    def outstanding_at_issue(self) -> str:
        """The shares outstanding as the issue date began, but for the note's own."""
        formula = self._outstanding_before_others()
        return formula.replace("[date]", "note_issue_date").replace("[growth]", "issue_growth")

    def _outstanding_before_others(self) -> str:
        """The last report plus what other notes issued from its day to the day before."""
        parts = [self._reported()]
        if self.others:
            parts.append(self._issued("other", '"<"&[date]', "<[date]", since=True))
        return f'IFERROR({"+".join(parts)},"")'

    def issued_so_far(self) -> str:
        """What the rows from the first to this one issued."""
        if self.splits:
            shares = _carried("[!shares_issued]:[shares_issued]", "[!growth]:[growth]")
            return f"SUMPRODUCT({shares})"
        return "SUM([!shares_issued]:[shares_issued])"

    def _reported(self) -> str:
        return _carried(REPORTED, growth_on(REPORT)) if self.splits else REPORTED

    def _held_besides(self) -> str:
        held = "conversion_holder_shares"
        return _carried(held, "issue_growth") if self.splits else held

    def _issued(
        self, which: str, criterion: str, test: str, *, since: bool = False, kept: bool = False
    ) -> str:
        if self.splits:
            tests = [f"({which}_date{test})"]
            tests += [f"({which}_date>={REPORT})"] if since else []
            tests += ["(other_kept=1)"] if kept else []
            shares = _carried(f"{which}_shares", f"{which}_growth")
            return f"SUMPRODUCT({'*'.join((*tests, shares))})"
        criteria = [f"{which}_date,{criterion}"]
        criteria += [f'{which}_date,">="&{REPORT}'] if since else []
        criteria += ["other_kept,1"] if kept else []
        return f"SUMIFS({which}_shares,{','.join(criteria)})"

    def _above(self, *, since: bool) -> str:
        """What the steps above issued; the first step issues nothing and has none above it."""
        if self.splits:
            test = f"([!date]:[^date]>={REPORT})*" if since else ""
            shares = _carried("[!shares]:[^shares]", "[!growth]:[^growth]")
            return f"SUMPRODUCT({test}{shares})"
        if since:
            return f'SUMIF([!date]:[^date],">="&{REPORT},[!shares]:[^shares])'
        return "SUM([!shares]:[^shares])"

    def _others_by_then(self, *, since: bool, kept: bool = False) -> list[str]:
        """Issues of the days before, and those of the day that come first on it."""
        earlier = self._issued("other", '"<"&[date]', "<[date]", since=since, kept=kept)
        same_day = self._issued(
            "other", "[date],other_first,1", "=[date])*(other_first=1", since=since, kept=kept
        )
        return [earlier, same_day]


def on_day(formula: str, day: str) -> str:
    """The formula of a row for a day that stands in a cell of its own."""
    return formula.replace("[growth]", growth_on(day)).replace("[date]", day)


def growth_on(day: str) -> str:
    """What a price of that day is multiplied by to be one of shares after every split."""
    return f"LOOKUP({day},split_from,split_growth)"


def _carried(shares: str, since: str) -> str:
    """Shares of another day in whole shares of the row's day."""
    return f"INT(ROUND({shares}*[growth]/{since},6))"


def fifteen_digits(quotient: str) -> str:
    """The quotient without the last bits of binary arithmetic, so that a whole number is one."""
    return f"IF({quotient}=0,0,ROUND({quotient},14-INT(LOG10({quotient}))))"


def whole_shares(exact: str) -> str:
    """The shares once a fraction is settled as the note says.

    INT, because LibreOffice's ROUNDDOWN and ROUNDUP lose the last places of a long count with a fraction.
    """
    return (
        f'IF(conversion_share_rounding="{ShareRounding.DOWN.label}",INT({exact}),'
        f'IF(conversion_share_rounding="{ShareRounding.UP.label}",-INT(-{exact}),'
        f"ROUND({exact},0)))"
    )
