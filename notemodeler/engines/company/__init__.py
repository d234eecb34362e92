"""The figures of the whole company: what all its notes come to together."""
