"""Guides for each role, task by task: on pages, as a card, as hints on a first visit."""
