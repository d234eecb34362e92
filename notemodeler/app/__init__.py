"""Floor 3, the chores without Qt: sessions, places, settings, results."""
