"""Meetings and training for the schools' staff."""
