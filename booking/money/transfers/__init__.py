"""Bank transfers from families: a reference to quote, found again in the bank's statement."""
