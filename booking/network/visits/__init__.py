"""Visits: staff see a lesson, a practice or a week at another school."""
