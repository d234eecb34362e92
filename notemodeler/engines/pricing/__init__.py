"""The price rule as a composition of parts that compute, explain and phrase themselves."""
