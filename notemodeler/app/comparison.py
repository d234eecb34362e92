"""What comparing two notes gives: the terms that differ, their effects, totals, and the columns that show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from notemodeler.domain.columns import Column
from notemodeler.domain.dates import show_date
from notemodeler.domain.kinds import MONEY, PRICE, RATE, SHARES, TEXT
from notemodeler.domain.numbers import total_of
from notemodeler.domain.terms import Field

PAY_OFF_DAY = 180
"""The day after issue on which a note is usually paid off at the last: conversion opens then."""
NOTHING = Decimal(0)
Figure = TypeVar("Figure", int, Decimal)


class Measure(NamedTuple):
    """What a note comes to. A figure that cannot be had is None.

    `pay_off` is the cash that pays it off at the end of day 180, or what is owed then if prepayment
    needs consent; `shares` a full conversion on the day of the comparison, `share_of_company` those
    over the outstanding after them, and `annual_cost` the all-in rate a year of that conversion.
    """

    pay_off: Decimal | None = None
    conversion_price: Decimal | None = None
    shares: int | None = None
    share_of_company: Decimal | None = None
    annual_cost: Decimal | None = None

    def more_than(self, other: Measure) -> Measure:
        """By how much this is more, figure by figure."""
        return Measure(
            _less(self.pay_off, other.pay_off),
            _less(self.conversion_price, other.conversion_price),
            _less(self.shares, other.shares),
            _less(self.share_of_company, other.share_of_company),
            _less(self.annual_cost, other.annual_cost),
        )


@dataclass(frozen=True)
class Difference:
    """A term that differs, both values as a reader sees them, and what changing it alone does.

    `effect` is None for a term without a cost and for one that means nothing without another;
    `remark` says so, and why a figure cannot be had.
    """

    field: Field
    shown_a: str
    shown_b: str
    effect: Measure | None
    remark: str = ""

    @property
    def label(self) -> str:
        return self.field.term.label


@dataclass(frozen=True)
class Comparison:
    """The differences of note A and note B, measured on A: its ledger, its book, its prices.

    Notes of different issue dates are both measured on the dates of A. `b` is A with all of B's
    differing terms at once; `together` is what that changes in all, and `interplay` what of it no
    single term does.
    """

    title_a: str
    title_b: str
    on: date
    pay_off_day: date
    rows: tuple[Difference, ...]
    a: Measure
    b: Measure

    @property
    def together(self) -> Measure:
        return self.b.more_than(self.a)

    @property
    def interplay(self) -> Measure:
        effects = [row.effect for row in self.rows if row.effect is not None]
        return self.together.more_than(_sum(effects))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of `rows`."""
        return (
            Column("Term", lambda row: row.label, TEXT, 24, "The term that differs.", "label"),
            Column(self.title_a, lambda row: row.shown_a, TEXT, 24, "What the first says.", "a"),
            Column(self.title_b, lambda row: row.shown_b, TEXT, 24, "What the second says.", "b"),
            *_effect_columns(self.on, self.pay_off_day, lambda row: row.effect, " ±"),
            Column("Remark", lambda row: row.remark, TEXT, 30, "", "remark"),
            Column("Field", lambda row: row.field.name, TEXT, 30, "The term's own name.", "field"),
        )

    @property
    def totals(self) -> tuple[tuple[str, Measure], ...]:
        """The rows that stand under the differences."""
        return (
            (self.title_a, self.a),
            (self.title_b, self.b),
            ("All differences together", self.together),
            ("of it by acting on one another", self.interplay),
        )

    @property
    def total_columns(self) -> tuple[Column, ...]:
        """The columns of `totals`."""
        return (
            Column("", lambda row: row[0], TEXT, 30, "", "what"),
            Column(
                "Conversion price", lambda row: row[1].conversion_price, PRICE, 15, "", "conversion_price"
            ),
            *_effect_columns(self.on, self.pay_off_day, lambda row: row[1]),
        )  # fmt: skip


def _sum(effects: Sequence[Measure]) -> Measure:
    """The figures added up; one that cannot be had adds nothing."""
    return Measure(
        total_of(NOTHING, *(each.pay_off or NOTHING for each in effects)),
        total_of(NOTHING, *(each.conversion_price or NOTHING for each in effects)),
        sum(each.shares or 0 for each in effects),
        total_of(NOTHING, *(each.share_of_company or NOTHING for each in effects)),
        total_of(NOTHING, *(each.annual_cost or NOTHING for each in effects)),
    )


def _less(value: Figure | None, other: Figure | None) -> Figure | None:
    return None if value is None or other is None else value - other


def _effect_columns(
    on: date, pay_off_day: date, effect: Callable[[Any], Measure | None], change: str = ""
) -> tuple[Column, ...]:
    def figure(name: str) -> Any:
        return lambda row: getattr(effect(row), name, None)

    return (
        Column(
            f"Pay-off{change}", figure("pay_off"), MONEY, 15,
            f"Cash that pays the note off at the end of {show_date(pay_off_day)}, day {PAY_OFF_DAY}; what is "
            "owed, if the holder would have to consent.", "pay_off",
        ),
        Column(
            f"Shares{change}", figure("shares"), SHARES, 16,
            f"For a conversion of everything on {show_date(on)}, limits aside.", "shares",
        ),
        Column(
            f"Of the company{change}", figure("share_of_company"), RATE, 13,
            "Those shares as a part of the outstanding after them.", "share_of_company",
        ),
        Column(
            f"Cost a year{change}", figure("annual_cost"), RATE, 13,
            "What the proceeds cost a year if those shares are sold at the market.", "annual_cost",
        ),
    )  # fmt: skip
