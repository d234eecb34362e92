"""Floor 1, the verbs: pure functions from nouns to results."""
