"""The file shelf: files that belong to an event, a meeting, a school or another owner.

A content is kept once, known by its SHA-256; its bytes are in a store behind a port. An attached
file says whose it is, what it is for and who may see it. The owner's feature answers who a person
is to it (`ports.owner`): which audiences they belong to, and whether they look after its files.
"""
