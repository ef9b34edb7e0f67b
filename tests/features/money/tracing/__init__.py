"""Finding money in the fund, and following it."""
