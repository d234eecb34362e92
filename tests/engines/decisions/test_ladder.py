"""The dilution ladder: the rule on a flat market, its shares, and how long the limit and the volume make it."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from notemodeler.domain.issuer import AuthorisedShares, Split
from notemodeler.domain.issues import Severity
from notemodeler.domain.rule import PriceComposition, SecondWindow, Statistic, WindowAnchor
from notemodeler.domain.rule_steps import RuleStep, StepTrigger
from notemodeler.domain.scenario import Scenario
from notemodeler.engines.decisions.ladder import Level, book_ladder, note_ladder
from tests.engines.decisions.simple_cases import (
    ISSUED,
    NOTE,
    OPENS,
    bids,
    case_of,
    note_with,
    with_issuer,
)

QUARTER, HALF, THREE_QUARTERS = (Decimal(text) for text in ("-0.25", "-0.50", "-0.75"))


def fallen(ladder, change):
    return ladder.rung(Level.FALL, change)


def test_each_rung_is_the_rule_on_a_flat_market():
    """50 % of $0.10 is $0.05, of $0.075 $0.0375, of $0.05 $0.025, of $0.025 $0.0125.

    $10,000 / 0.05 = 200,000 shares, 200,000 / 1,200,000 = 16.6667 %; 10,000 / 0.0375 = 266,666.67;
    10,000 / 0.025 = 400,000, of 1,400,000 28.5714 %; 10,000 / 0.0125 = 800,000, of 1,800,000 44.4444 %.
    """
    rungs = note_ladder(case_of(), OPENS).rungs
    assert [rung.level for rung in rungs] == [Level.TODAY, Level.NOW, *[Level.FALL] * 3]
    assert [rung.conversion_price for rung in rungs] == [
        Decimal(text) for text in ("0.05", "0.05", "0.0375", "0.025", "0.0125")
    ]
    assert [rung.shares for rung in rungs] == [200_000, 200_000, 266_666, 400_000, 800_000]
    assert [rung.share_of_company for rung in rungs] == [
        Decimal(text) for text in ("0.166667", "0.166667", "0.210526", "0.285714", "0.444444")
    ]
    assert rungs[3].market_value == Decimal("20000.00")


def test_the_day_itself_keeps_the_look_back_that_the_flat_market_forgets():
    """A bid of $0.06 in the window makes $0.03 and 333,333 shares; flat at the last $0.10 it is $0.05."""
    series = bids({date(2024, 6, 25): Decimal("0.06")})
    ladder = note_ladder(case_of(series=series), OPENS)
    assert ladder.rung(Level.TODAY).shares == 333_333
    assert ladder.rung(Level.NOW).shares == 200_000


def test_lots_are_what_the_limit_allows_each_time():
    """0.0499 x 1,000,000 / 0.9501 = 52,520; of 1,052,520 55,279; of 1,107,799 58,182: with them 165,981.

    The 34,019 that are left of 200,000 make a fourth lot: July 1, 2, 3 and, after the holiday, 5.
    """
    pace = note_ladder(case_of(), OPENS).rung(Level.NOW).pace
    assert (pace.lots, pace.trading_days, pace.complete) == (4, 4, True)
    assert (pace.first_date, pace.last_date) == (OPENS, date(2024, 7, 5))


def test_selling_at_the_assumed_volume_may_take_longer_than_the_notices():
    """A tenth of 100,000 shares a day: 200,000 shares take 20 trading days, July 1 to July 29."""
    scenario = Scenario(volume_shares=100_000)
    pace = note_ladder(case_of(scenario=scenario), OPENS).rung(Level.NOW).pace
    assert (pace.lots, pace.trading_days, pace.last_date) == (4, 20, date(2024, 7, 29))


def test_a_holder_at_its_limit_never_converts_the_whole_balance():
    note = note_with(holder_shares=52_000, lots_are_sold=False)
    assert note_ladder(case_of(note), OPENS).rung(Level.NOW).pace is None


def test_own_price_and_par_have_their_place_among_the_rungs():
    """$0.04 is 60 % down and lies between 50 and 75 %; par of $0.001 is the last rung, 99 % down."""
    case = case_of(
        issuer=with_issuer(par_price=Decimal("0.001")), scenario=Scenario(own_price=Decimal("0.04"))
    )
    ladder = note_ladder(case, OPENS)
    assert [rung.level for rung in ladder.rungs[3:]] == [
        Level.FALL, Level.OWN, Level.FALL, Level.PAR,
    ]  # fmt: skip
    assert ladder.rung(Level.OWN).change == Decimal("-0.6")
    assert ladder.rung(Level.OWN).shares == 500_000
    assert ladder.rung(Level.PAR).change == Decimal("-0.99")


def test_a_floor_at_par_holds_the_price_up():
    """Half of $0.025 is $0.0125, under the par of $0.04: $10,000 / 0.04 = 250,000 shares."""
    case = case_of(note_with(floor_at_par=True), issuer=with_issuer(par_price=Decimal("0.04")))
    assert fallen(note_ladder(case, OPENS), THREE_QUARTERS).shares == 250_000


def test_a_fixed_price_caps_the_variable_one():
    """The lesser of $0.03 and $0.05 is $0.03: 333,333 shares; after a fall by half it is $0.025."""
    note = note_with(composition=PriceComposition.LESSER_OF, fixed_price=Decimal("0.03"))
    ladder = note_ladder(case_of(note), OPENS)
    assert ladder.rung(Level.NOW).shares == 333_333
    assert fallen(ladder, HALF).shares == 400_000


def test_a_step_by_price_applies_where_the_flat_market_is_below_its_trigger():
    """While the bid is under $0.06 the multiplier is 40 %: of $0.05 that is $0.02, 500,000 shares."""
    step = RuleStep(StepTrigger.PRICE_LOW, trigger_price=Decimal("0.06"), multiplier=Decimal("0.4"))
    ladder = note_ladder(case_of(note_with(steps=(step,))), OPENS)
    assert fallen(ladder, QUARTER).shares == 266_666
    assert fallen(ladder, HALF).shares == 500_000


def second(anchor):
    return SecondWindow(anchor, Statistic.LOWEST, 1, 5, Decimal("0.5"))


def test_a_window_before_the_signing_keeps_its_own_prices():
    """It saw $0.08: half of it, $0.04, is less than $0.05, and more than $0.0375 after a fall by a quarter."""
    series = bids({date(2023, 12, 28): Decimal("0.08")})
    ladder = note_ladder(
        case_of(note_with(second=second(WindowAnchor.ISSUE)), series=series), OPENS
    )
    assert ladder.rung(Level.NOW).conversion_price == Decimal("0.040")
    assert fallen(ladder, QUARTER).conversion_price == Decimal("0.0375")


def test_it_keeps_them_even_where_the_look_back_of_the_notice_overlaps_it():
    """On January 4 both windows look at December; the hypothesis is about the one before the notice."""
    series = bids({date(2023, 12, 28): Decimal("0.08")})
    case = case_of(note_with(second=second(WindowAnchor.ISSUE)), series=series)
    ladder = note_ladder(case, date(2024, 1, 4))
    assert ladder.rung(Level.NOW).conversion_price == Decimal("0.040")
    assert fallen(ladder, HALF).conversion_price == Decimal("0.025")


def test_a_second_window_before_the_notice_is_flat_too():
    ladder = note_ladder(case_of(note_with(second=second(WindowAnchor.NOTICE))), OPENS)
    assert fallen(ladder, HALF).conversion_price == Decimal("0.025")


def test_a_reverse_split_between_the_prices_and_the_day_changes_dollars_and_shares_alike():
    """1 for 10 on July 1: the last price is $1 of that day, 20,000 shares of 100,000 + 20,000."""
    case = case_of(issuer=with_issuer(splits=(Split(OPENS, 10, 1),), par_price=Decimal("0.01")))
    ladder = note_ladder(case, OPENS)
    assert ladder.rung(Level.NOW).market_price == 1
    assert ladder.rung(Level.NOW).shares == 20_000
    assert fallen(ladder, HALF).shares == 40_000
    assert fallen(ladder, HALF).share_of_company == Decimal("0.285714")
    assert ladder.rung(Level.PAR).market_price == Decimal("0.01")


def test_what_goes_beyond_the_charter_is_told():
    """1,000,000 + 400,000 outstanding of 1,250,000 authorised: 150,000 short after a fall by half."""
    case = case_of(issuer=with_issuer(shares_authorised=(AuthorisedShares(ISSUED, 1_250_000),)))
    ladder = note_ladder(case, OPENS)
    assert ladder.rung(Level.NOW).authorised_short == 0
    assert fallen(ladder, HALF).authorised_short == 150_000


def test_the_book_adds_its_notes_up_and_counts_the_company_once():
    """200,000 at $0.05 and 5,000 / 0.04 = 125,000 at 40 %: 325,000 of 1,325,000 shares are 24.5283 %."""
    other = note_with(principal_amount=Decimal(5000), multiplier=Decimal("0.4"), holder="Other")
    ladder = book_ladder(case_of(NOTE, other), OPENS)
    now = ladder.rung(Level.NOW)
    assert (ladder.places, ladder.amount) == ((0, 1), Decimal(15000))
    assert (now.shares, now.conversion_price) == (325_000, None)
    assert now.share_of_company == Decimal("0.245283")


def test_notes_of_one_holder_wait_for_each_other_and_those_of_two_do_not():
    """Each note takes four lots by itself: eight days one after the other, four side by side."""
    together = book_ladder(case_of(NOTE, NOTE), OPENS).rung(Level.NOW).pace
    apart = book_ladder(case_of(NOTE, note_with(holder="Other")), OPENS).rung(Level.NOW).pace
    assert (together.lots, together.trading_days) == (8, 8)
    assert (apart.lots, apart.trading_days) == (8, 4)


def test_a_note_without_a_price_leaves_the_sum_unknown():
    fixed = note_with(composition=PriceComposition.FIXED, fixed_price=None)
    assert book_ladder(case_of(NOTE, fixed), OPENS).rung(Level.NOW).shares is None


def test_without_prices_the_own_price_is_the_only_rung():
    empty = bids(last=date(2023, 9, 29))
    alone = note_ladder(case_of(series=empty), OPENS)
    assert alone.rungs == ()
    assert alone.issues[0].severity is Severity.ERROR
    with_own = note_ladder(
        case_of(series=empty, scenario=Scenario(own_price=Decimal("0.10"))), OPENS
    )
    assert [(rung.level, rung.shares) for rung in with_own.rungs] == [(Level.OWN, 200_000)]


def test_before_funding_there_is_nothing_to_convert():
    ladder = note_ladder(case_of(), date(2023, 12, 29))
    assert (ladder.rungs, ladder.places) == ((), ())
    assert ladder.issues


PRICES = st.decimals("0.0001", "5", places=4)


@given(
    own=PRICES,
    par=PRICES,
    multiplier=st.decimals("0.25", "0.95", places=2),
    composition=st.sampled_from(list(PriceComposition)),
    fixed=PRICES,
    floor=st.none() | st.decimals("0.0001", "0.01", places=4),
)
def test_a_lower_market_price_never_means_fewer_shares(
    own, par, multiplier, composition, fixed, floor
):
    note = note_with(
        multiplier=multiplier, composition=composition, fixed_price=fixed, floor_price=floor
    )
    case = case_of(note, issuer=with_issuer(par_price=par), scenario=Scenario(own_price=own))
    shares = [
        rung.shares
        for rung in note_ladder(case, OPENS).rungs
        if rung.level is not Level.TODAY and rung.shares is not None
    ]
    assert shares == sorted(shares)
