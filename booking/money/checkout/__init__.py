"""The parent's pages: consent, needs on the day, fee, confirmation."""
