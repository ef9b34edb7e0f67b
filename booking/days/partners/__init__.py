"""Partners' calendars: fetched, shown separately, and never trusted."""
