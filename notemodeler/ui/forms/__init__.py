"""The forms of the terms, generated from the fields."""
