"""Measures Fairplace beside a floor: what Flask itself costs here, on this machine, now.

A rate by itself says more about the machine than about us. So each page is measured in turn with
bare ones under the same server: a constant, and a view that sends the same statements to the same
database and writes the same rows with a plain template, once by the driver and once by SQLAlchemy.
"""
