"""Cases that an independent re-implementation of the valuation found, with the figures it gave."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from notemodeler.app.results import compute
from notemodeler.app.sample import ascent_project
from notemodeler.app.valuation import Valuations
from notemodeler.domain.issuer import AuthorisedShares, Split, StatusEvent, StatusKind
from notemodeler.domain.repayment import Instalment, Settled
from notemodeler.domain.rule import PriceComposition, Statistic, WindowEnd
from notemodeler.domain.valuation import Valuation
from notemodeler.engines.valuation.as_of import as_of
from notemodeler.engines.valuation.worth import Engine

ON = date(2019, 2, 1)
STATED = Valuation(volatility=Decimal("1.5"))


def project(*, instalments=(), **rule):
    made = replace(ascent_project(), valuation=STATED)
    note = made.notes[0]
    terms = replace(note.conversion, rule=replace(note.conversion.rule, **rule))
    repayment = replace(note.repayment, instalments=instalments)
    return made.with_note(replace(note, conversion=terms, repayment=repayment))


def value(of, engine=Engine.TREE, on=ON):
    return Valuations(compute(of)).value(on, engine, points=3)


@pytest.mark.parametrize("composition", [PriceComposition.FIXED, PriceComposition.VARIABLE])
def test_an_instalment_in_shares_to_come_pays_nothing_by_itself(composition):
    fixed = {"composition": composition, "fixed_price": Decimal("0.01")}
    coming = Instalment(date(2019, 4, 4), Decimal(50_000), Decimal(0), Settled.SHARES)
    with_it, without = value(project(instalments=(coming,), **fixed)), value(project(**fixed))
    assert with_it.straight == without.straight > 140_000
    assert with_it.note == without.note
    assert "Instalments in shares" in " ".join(issue.text for issue in with_it.issues)


def test_cash_that_falls_due_on_a_closed_day_before_maturity_is_paid():
    def due(*instalments):
        made = project(instalments=instalments)
        note = replace(
            made.notes[0],
            maturity_date=date(2019, 3, 24),
            interest=replace(made.notes[0].interest, rate=Decimal(0)),
        )
        return value(made.with_note(note)).straight

    saturday = Instalment(date(2019, 3, 23), Decimal(30_000), Decimal(0), Settled.CASH)
    assert due(saturday) == pytest.approx(due()) == pytest.approx(130_000)


@pytest.mark.parametrize("engine", [Engine.TREE, Engine.BLACK_SCHOLES, Engine.INTRINSIC])
def test_a_stated_price_is_the_price_of_its_day_in_a_window_that_includes_it(engine):
    rule = {
        "lookback_days": 1, "lowest_count": 1, "statistic": Statistic.LAST,
        "window_end": WindowEnd.NOTICE_DAY,
    }  # fmt: skip
    made = project(**rule)
    stated = replace(STATED, share_price=Decimal("0.02"), valuation_date=ON)
    found = value(replace(made, valuation=stated), engine)
    owed = Valuations(compute(made)).case(ON).quoter.history.owed_on(ON).in_cents().total
    assert found.worth_now == pytest.approx(float(owed) / 0.65)


def test_a_note_past_due_can_be_converted_after_a_weekend():
    made = project()
    note = replace(made.notes[0], maturity_date=date(2019, 3, 29))
    past = made.with_note(note)
    friday, saturday, monday = (
        value(past, on=date(2019, 5, 31)),
        value(past, on=date(2019, 6, 1)),
        value(past, on=date(2019, 6, 3)),
    )
    assert friday.right > 0
    assert saturday.right > 0
    assert monday.right > 0


def test_par_and_reserve_are_carried_back_over_splits_to_come():
    made = project(floor_at_par=True)
    note = made.notes[0]
    reserving = replace(note, conversion=replace(note.conversion, reserved_shares=1_000_000))
    split = Split(date(2019, 6, 3), 100, 1)
    issuer = replace(made.issuer, par_price=Decimal("0.01"), splits=(split,))
    known = as_of(replace(made.with_note(reserving), issuer=issuer), ON)
    assert known.issuer.splits == ()
    assert known.issuer.par_price == Decimal("0.0001")
    assert known.notes[0].conversion.reserved_shares == 100_000_000
    before = replace(made, issuer=replace(made.issuer, par_price=Decimal("0.0001")))
    assert value(replace(made, issuer=issuer)).note == value(before).note


def test_what_the_charter_or_a_chill_becomes_later_is_not_known():
    made = project()
    chill = StatusEvent(StatusKind.DTC_CHILL, date(2019, 1, 15))
    charter = AuthorisedShares(date(2017, 1, 1), 10**10)
    before = replace(made.issuer, shares_authorised=(charter,), status_events=(chill,))
    after = replace(
        before,
        shares_authorised=(charter, AuthorisedShares(date(2019, 3, 5), 10**11)),
        status_events=(replace(chill, until_date=date(2019, 3, 20)),),
    )
    assert as_of(replace(made, issuer=after), ON) == as_of(replace(made, issuer=before), ON)
