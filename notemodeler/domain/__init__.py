"""Floor 0, the nouns: what a note, a price and a conversion are."""
