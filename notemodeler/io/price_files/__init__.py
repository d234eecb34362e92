"""Prices out of files and pastes: what was understood, what was not, and what must be asked."""

from notemodeler.io.price_files.block import NumbersColumn, read_numbers_column, split_block
from notemodeler.io.price_files.proposal import (
    DoubtfulRow,
    PriceColumn,
    PriceProposal,
    Question,
    RejectedRow,
)
from notemodeler.io.price_files.reading import read_price_table

__all__ = [
    "DoubtfulRow",
    "NumbersColumn",
    "PriceColumn",
    "PriceProposal",
    "Question",
    "RejectedRow",
    "read_numbers_column",
    "read_price_table",
    "split_block",
]
