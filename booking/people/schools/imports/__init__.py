"""Reads files of schools that somebody gives to the site."""
