"""Two notes side by side."""
