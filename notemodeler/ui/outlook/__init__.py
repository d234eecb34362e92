"""The decision views: prepay or convert, the dilution ladder, the holder's cycle, the all-in cost."""
