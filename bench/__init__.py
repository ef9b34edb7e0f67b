"""Measures Fairplace against a floor: what Flask itself costs on this machine, now.

A rate by itself says more about the machine than about us. So each page is measured in turn with
bare pages on the same server: a constant, and a view that sends the same statements to the same
database and writes the same rows in a plain template, once with the driver and once with
SQLAlchemy.
"""
