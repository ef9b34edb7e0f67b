"""Upkeep: checks of what must always hold, retention, backup and restore."""
