"""Payments, what they pay for, and the books."""
