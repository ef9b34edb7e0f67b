"""Stripe behind the port: nothing outside this folder imports its library."""
