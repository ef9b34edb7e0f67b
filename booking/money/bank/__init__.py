"""The bank's own statements: read, matched with the ledger, and reconciled to the penny."""
