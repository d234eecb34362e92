"""The valuation as the workbook takes it: engines, dates, volatility, and what may come, step by step."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from notemodeler.app.measured import Measured
from notemodeler.app.results import Results
from notemodeler.app.simulation import Simulation
from notemodeler.app.simulation_words import sentences
from notemodeler.app.valuation import SideBySide, Valuations
from notemodeler.app.what_drives import DriverBar, tornado
from notemodeler.domain.issues import Issue, Severity, UserError
from notemodeler.engines.simulation.holder import Cancelled as SimulationCancelled
from notemodeler.engines.simulation.picture import NotePicture, Picture
from notemodeler.engines.splits import new_for_old
from notemodeler.engines.valuation.life import Cancelled
from notemodeler.engines.valuation.worth import Engine
from notemodeler.io.document import document_text
from notemodeler.io.workbook.valuation_source import (
    DOLLARS,
    PART,
    SHARES,
    Chance,
    DriverRow,
    Foreseen,
    Outlook,
    ReturnPrice,
    ValuationFound,
    ValuedDay,
)

Told = Callable[[float, str], None]
"""Takes how much of the valuation is done, from 0 to 1, and in words what comes next."""
Cancel = Callable[[], bool]


def unheard(done: float, words: str) -> None:
    """For work of which nobody follows the progress."""


def never() -> bool:
    """For work that nobody cancels."""
    return False


def valuation_found(
    results: Results, told: Told = unheard, cancelled: Cancel = never
) -> ValuationFound:
    """Everything that the sheets of the valuation show, as of the valuation date of the document.

    Takes seconds. Raises `Cancelled` soon after `cancelled()` is true. What cannot be valued or
    simulated is in its issues.
    """
    valuations = Valuations(results)
    on = valuations.default_date
    told(0.0, "valuing the note")
    side = _side_by_side(valuations, cancelled)
    told(0.25, "valuing it on its dates")
    run = valuations.run(
        cancel=cancelled, report=lambda _, part: told(0.25 + 0.15 * part, "valuing it on its dates")
    )
    outlook = _outlook(results, told, cancelled)
    case = valuations.case(on)
    history = case.quoter.history
    owed = history.owed_on(on).in_cents().total
    due = history.owed_on(max(on, case.note.maturity_date)).in_cents().total
    price = case.quoter.rule.conversion_price_on(on).conversion_price
    told(1.0, "the values are found")
    return ValuationFound(
        ValuedDay("valuation date", side.values[0], owed, price),
        case.note.conversion.fee_amount, due, side.values, side.sentences,
        side.issues, tuple(_returns(valuations, side)),
        tuple(ValuedDay(*row) for row in run.values.rows), tuple(run.roll_forward.rows), outlook,
        _digest(results),
    )  # fmt: skip


def _side_by_side(valuations: Valuations, cancelled: Cancel) -> SideBySide:
    """The engines with the simulation among them."""
    on = valuations.default_date
    try:
        simulated = valuations.value(on, Engine.SIMULATION, cancel=cancelled)
    except SimulationCancelled:
        raise Cancelled from None
    _stop_if(cancelled)
    return valuations.side_by_side(on, more=(simulated,), cancel=cancelled)


def _returns(valuations: Valuations, side: SideBySide) -> Iterator[ReturnPrice]:
    """The prices behind a historical volatility, the same that the engine takes."""
    case = valuations.case(side.on)
    market, valuation = case.market, case.valuation
    series = market.series_for(case.note.conversion.rule.series)
    if valuation.volatility is not None or side.values[0].inputs.volatility is None or not series:
        return
    bars = [bar for bar in market.quoted_on_trading_days(series) if bar.date <= side.on]
    restates = bool(market.splits) and not series.is_split_adjusted
    for bar in bars[-valuation.volatility_days - 1 :]:
        factor = float(new_for_old(market.splits, bars[0].date, bar.date)) if restates else 1.0
        assert bar.price is not None
        yield ReturnPrice(bar.date, bar.price, market.calendar.position(bar.date), factor)


def _digest(results: Results) -> str:
    with suppress(UserError):
        return hashlib.sha256(document_text(results.project).encode("utf-8")).hexdigest()
    return ""


def _stop_if(cancelled: Cancel) -> None:
    if cancelled():
        raise Cancelled


def _outlook(results: Results, told: Told, cancelled: Cancel) -> Outlook:
    """What may come, or why nothing can be said about it."""
    simulation = Simulation(results)
    told(0.4, "simulating what may come")
    try:
        if not simulation.case.days:
            raise UserError("Nothing is simulated: no trading day is left to maturity.")
        picture = simulation.refine(lambda picture: None, cancelled)
    except UserError as refusal:
        text = _said(refusal)
        return Outlook((text,), (Issue(Severity.ERROR, text),))
    _stop_if(cancelled)
    assert picture is not None
    told(0.6, "finding what drives it")
    return _with_drivers(_of_picture(simulation, picture), simulation, told, cancelled)


def _said(refusal: UserError) -> str:
    return f"{refusal.sentence} {refusal.hint}".strip()


def _with_drivers(
    outlook: Outlook, simulation: Simulation, told: Told, cancelled: Cancel
) -> Outlook:
    try:
        found = tornado(
            simulation, cancelled, lambda _, part: told(0.6 + 0.4 * part, "finding what drives it")
        )
    except UserError as refusal:
        return replace(outlook, words=(*outlook.words, _said(refusal)))
    _stop_if(cancelled)
    if found is None:
        return outlook
    return replace(
        outlook, driver_paths=found.paths, base=_base(found.base),
        drivers=tuple(_driver(bar) for bar in found.bars),
    )  # fmt: skip


def _of_picture(simulation: Simulation, picture: Picture) -> Outlook:
    note = picture.notes[0]
    return Outlook(
        sentences(picture), simulation.issues, picture.seed, picture.paths, picture.price.paths,
        picture.days, picture.price, picture.conversion_price, note.gone_by,
        tuple(_figures(picture, note)), tuple(_chances(picture, note)),
    )  # fmt: skip


def _figures(picture: Picture, note: NotePicture) -> Iterator[Foreseen]:
    yield Foreseen("Shares issued", SHARES, note.issued)
    if note.share_of_company is not None:
        yield Foreseen("Part of the company", PART, note.share_of_company)
    yield Foreseen("Cost: shares at market, and cash, $", DOLLARS, note.cost)
    yield Foreseen("Cash at maturity, $", DOLLARS, note.matured)
    if picture.outstanding is not None:
        yield Foreseen("Shares outstanding at the end", SHARES, picture.outstanding)
    if len(picture.notes) > 1:
        yield Foreseen("Shares issued by all notes", SHARES, picture.issued)


def _chances(picture: Picture, note: NotePicture) -> Iterator[Chance]:
    yield Chance("Worth to the holder today, $", DOLLARS, note.value)
    for label, chance in (
        ("Chance that the note is gone before it must be paid", note.gone),
        ("Chance that the reserve runs out", note.reserve_out),
        ("Chance that authorised shares run out", picture.authorised_out),
        ("Chance that the price falls under par", picture.below_par),
    ):
        if chance is not None:
            yield Chance(label, PART, chance)


def _base(base: Measured) -> DriverRow:
    return DriverRow("As it stands", "", "", (base.shares, base.shares), (base.cost, base.cost))


def _driver(bar: DriverBar) -> DriverRow:
    shares, cost = (bar.low.shares, bar.high.shares), (bar.low.cost, bar.high.cost)
    return DriverRow(bar.label, bar.low_words, bar.high_words, shares, cost)
