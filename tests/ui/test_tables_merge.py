"""Merging read prices: what wins, what is counted, and where the series goes."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from notemodeler.domain.prices import PriceBar, PriceKind, PriceSeries
from notemodeler.domain.project import Project
from notemodeler.ui.tables.price_merge import Counts, Merge, counts, merged, with_series_read

START = date(2019, 1, 1)
PRICES = st.dictionaries(
    st.integers(0, 12), st.none() | st.sampled_from([Decimal(1), Decimal(2), Decimal(3)])
)


def bars(prices):
    return tuple(PriceBar(START + timedelta(days), prices[days]) for days in sorted(prices))


@given(PRICES, PRICES, st.sampled_from(Merge))
def test_the_counts_say_what_the_merge_does(old, new, how):
    before, after = bars(old), PriceSeries().with_bars(merged(bars(old), bars(new), how))
    was = {bar.date: bar.price for bar in before}
    now = {bar.date: bar.price for bar in after.bars}
    told = counts(before, bars(new), how)
    assert told.new == len(now.keys() - was.keys())
    assert told.lost == len(was.keys() - now.keys())
    assert told.changed == sum(was[day] != now[day] for day in was.keys() & now.keys())


def test_existing_prices_win_when_asked():
    project = Project(prices=(PriceSeries(bars=bars({0: Decimal(1)})),))
    read = PriceSeries(bars=bars({0: Decimal(2), 1: Decimal(3)}))
    made = with_series_read(project, [read], Merge.OLD_WINS)
    assert [bar.price for bar in made.prices[0].bars] == [1, 3]


def test_a_series_of_another_kind_takes_an_empty_place_or_a_new_one():
    closes = PriceSeries(PriceKind.CLOSE, "file", bars({0: Decimal(2)}))
    made = with_series_read(Project(), [closes], Merge.NEW_WINS)
    assert made.prices == (closes,)
    bids = PriceSeries(PriceKind.BID, "file", bars({0: Decimal(1)}))
    assert with_series_read(made, [bids], Merge.NEW_WINS).prices == (closes, bids)


def test_replacing_takes_the_new_source_and_merging_keeps_the_old_one():
    old = PriceSeries(PriceKind.BID, "broker", bars({0: Decimal(1)}))
    new = PriceSeries(PriceKind.BID, "file", bars({1: Decimal(1)}))
    project = Project(prices=(old,))
    assert with_series_read(project, [new], Merge.NEW_WINS).prices[0].source == "broker"
    assert with_series_read(project, [new], Merge.REPLACE).prices[0].source == "file"


def test_counts_are_told_in_words():
    assert Counts(new=2, lost=1000).words == "2 new, 1,000 removed"
    assert Counts().words == "nothing changes"
