"""The view of the whole book: its shares through time, its tables, its dates."""
