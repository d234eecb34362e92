"""Documents of earlier formats brought to the present one, value by value."""

from typing import Any

from notemodeler.io.noun_data import Gaps

CAP, DELIVERY_SUM = "cap_price", "delivery_multiple"
SINCE_2 = (
    "issuer.reporting", "issuer.sales_report_date", "issuer.par_price", "issuer.shares_authorised",
    "issuer.splits", "issuer.status_events", "prices.is_split_adjusted", "scenario", "valuation",
    "notes.affiliate_group", "notes.agreement", "notes.remark", "notes.interest.charge",
    "notes.interest.charge_days",
    "notes.conversion.cash_in_lieu", "notes.conversion.minimum_amount",
    "notes.conversion.monthly_cap_amount", "notes.conversion.fee_amount",
    "notes.conversion.exchange_cap", "notes.conversion.reserve_multiple",
    "notes.conversion.reserved_shares", "notes.conversion.rule.composition",
    "notes.conversion.rule.fixed_price", "notes.conversion.rule.fixed_for_days",
    "notes.conversion.rule.second", "notes.conversion.rule.steps",
    "notes.conversion.rule.floor_at_par", "notes.conversion.rule.floor_effect", "notes.repayment",
    "notes.default.sums", "notes.default.base", "notes.default.penalty_per_day_amount",
    "notes.ledger.days",
)  # fmt: skip
"""What format 1 did not have: its absence there is no gap."""


def upgraded(project: Any, version: int) -> Any:
    """The project data of a format as the present format has it; misfits are left for the reader to name."""
    if version >= 2 or not isinstance(project, dict) or not isinstance(project.get("notes"), list):
        return project
    return {**project, "notes": [_note_of_1(note) for note in project["notes"]]}


def without_later(gaps: Gaps) -> Gaps:
    """The gaps less those of fields that came after the document's format."""
    return Gaps({name: count for name, count in gaps.items() if name not in SINCE_2})


def _note_of_1(note: Any) -> Any:
    """A note of format 1: its cap is the fixed price of a lesser-of, its delivery multiple a row of sums."""
    if not isinstance(note, dict):
        return note
    made = dict(note)
    conversion, default = made.get("conversion"), made.get("default")
    if isinstance(conversion, dict) and isinstance(conversion.get("rule"), dict):
        made["conversion"] = {**conversion, "rule": _rule_of_1(conversion["rule"])}
    if isinstance(default, dict) and DELIVERY_SUM in default:
        made["default"] = _default_of_1(default)
    return made


def _rule_of_1(rule: dict[str, Any]) -> dict[str, Any]:
    if CAP not in rule:
        return rule
    cap = rule[CAP]
    rest = {name: value for name, value in rule.items() if name != CAP}
    return {**rest, "composition": "variable" if cap is None else "lesser_of", "fixed_price": cap}


def _default_of_1(default: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in default.items() if name != DELIVERY_SUM}
    if default[DELIVERY_SUM] == default.get("multiple"):
        return {**rest, "sums": []}
    return {**rest, "sums": [{"event": "delivery", "multiple": default[DELIVERY_SUM]}]}
