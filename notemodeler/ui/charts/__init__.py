"""The three linked charts."""
