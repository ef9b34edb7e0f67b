"""Pupils who come to a date without being on the list: instead of another, or besides."""
