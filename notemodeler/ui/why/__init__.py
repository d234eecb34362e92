"""The parts of the why-card: its fonts, its layout and the sheet that paints it."""
