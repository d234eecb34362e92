"""What a note and its conversion right are worth: window tree, level lattice, and what preparers use."""
