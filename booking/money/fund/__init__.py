"""The ledger: every penny, its fund, and proof that nothing has been changed."""
