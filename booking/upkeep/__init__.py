"""Keeping the house in order: invariants, retention, backup and restore."""
