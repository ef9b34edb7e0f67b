"""Calendars of partners: fetched, shown apart, and never trusted."""
