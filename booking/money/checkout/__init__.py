"""The parent's pages: consent, needs of the day, fee, confirmed."""
