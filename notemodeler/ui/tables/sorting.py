"""The order of rows by a column: one plain sort of ready keys instead of millions of questions to a model."""

from collections.abc import Sequence
from typing import Any

ABSENT = -1
"""The place of a row that has no price at all."""


def order_of(keys: Sequence[Any], *, descending: bool = False) -> list[int]:
    """The places of the keys in order, equal ones as they stand."""
    return sorted(range(len(keys)), key=keys.__getitem__, reverse=descending)
