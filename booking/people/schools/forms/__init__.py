"""Input of the account and network pages."""
