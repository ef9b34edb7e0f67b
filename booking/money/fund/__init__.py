"""The ledger: every penny, the fund it belongs to, and proof that nothing was changed."""
