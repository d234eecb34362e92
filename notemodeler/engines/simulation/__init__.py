"""Engine floor: paths of prices, the holder under real constraints, and what both come to."""
