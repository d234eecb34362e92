"""What note and right are worth: the live card beside the charts, and the view for a valuation file."""
