"""What the company must decide, reckoned: prepay or convert, dilution, the holder's cycle, all-in cost."""
