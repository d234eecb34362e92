"""The tables of prices, ledger and schedule."""
