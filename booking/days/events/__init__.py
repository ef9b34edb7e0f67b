"""Events: listings, dates, fees, publishing, changing, cancelling."""
