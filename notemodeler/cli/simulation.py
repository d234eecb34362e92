"""The simulation on the command line: figures with their standard errors as text or as JSON."""

import argparse
from typing import TYPE_CHECKING, Any

from notemodeler.app.simulation import Simulation
from notemodeler.app.simulation_words import Figure, figures, sentences
from notemodeler.cli.as_data import as_json, issue_data
from notemodeler.cli.opening import opened
from notemodeler.cli.tables import aligned

if TYPE_CHECKING:
    from notemodeler.engines.simulation.picture import Fan, NotePicture, Picture
    from notemodeler.engines.simulation.statistics import Estimate

LEAST, MOST = 100, 10_000_000


def simulate(options: argparse.Namespace) -> str:
    """The picture of all paths; the same seed gives the same figures."""
    simulation = Simulation(opened(options), options.on, options.paths, options.seed)
    picture = simulation.picture()
    if options.json:
        return as_json(_data(simulation, picture))
    rows = [(each.label, each.shown) for each in figures(picture)]
    issues = [f"{issue.severity.value}: {issue.text}" for issue in simulation.issues]
    parts = [
        *sentences(picture),
        "",
        aligned(("figure", "value ± standard error"), rows, (True, False)),
    ]
    return "\n".join([*parts, *([""] if issues else []), *issues])


def _data(simulation: Simulation, picture: "Picture") -> dict[str, Any]:
    return {
        "as_of": simulation.on.isoformat(),
        "paths": picture.paths,
        "seed": picture.seed,
        "model": picture.case.assumed.model.words,
        "policy": picture.case.policy_words,
        "days": [day.isoformat() for day in picture.days],
        "sentences": list(sentences(picture)),
        "figures": {each.name: _figure(each) for each in figures(picture)},
        "price": _fan(picture.price),
        "conversion_price": _fan(picture.conversion_price),
        "notes": [_note(each) for each in picture.notes],
        "issues": [issue_data(issue) for issue in simulation.issues],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"label": figure.label, "unit": figure.unit, **_estimate(figure.estimate)}


def _estimate(estimate: "Estimate") -> dict[str, Any]:
    return {
        "value": _number(estimate.value),
        "standard_error": _number(estimate.error),
        "paths": estimate.paths,
    }


def _number(value: float) -> float | None:
    """A figure as JSON holds it: what is not known is null."""
    return float(f"{value:.10g}") if value == value else None


def _fan(found: "Fan") -> dict[str, Any]:
    names = ("5", "25", "50", "75", "95")
    return {
        "paths": found.paths,
        "quantiles": {
            name: [_number(value) for value in row]
            for name, row in zip(names, found.rows, strict=True)
        },
    }


def _note(note: "NotePicture") -> dict[str, Any]:
    return {
        "note": note.place + 1,
        "title": note.title,
        "issued": _estimate(note.issued.mean),
        "cost": _estimate(note.cost.mean),
        "cash_at_maturity": _estimate(note.matured.mean),
        "gone": _estimate(note.gone),
        "gone_by": [_number(part) for part in note.gone_by],
    }
