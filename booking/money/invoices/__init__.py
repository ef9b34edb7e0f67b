"""Invoices to schools, for events that schools pay for."""
