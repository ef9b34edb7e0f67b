"""Pupils and their parents, as their own school keeps them."""
