"""Concerned access, rectification and erasure: what one person may ask of what is held."""
