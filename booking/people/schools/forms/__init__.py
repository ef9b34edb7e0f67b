"""Input for the account and network pages."""
