"""Claims of what an event cost, with receipts, paid from the fund."""
