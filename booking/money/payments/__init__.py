"""Payments by card behind one port, and the inbox of the card processor's messages."""
