"""Breaks the running site on purpose, and counts what people were promised and did not get.

Real people at real pages (gunicorn, the worker, SMTP, Stripe's stand-in) go on with their work
while processes are killed, files are frozen and torn, mail and card processor fall silent, and the
clock moves. Whatever a page acknowledged is written to a journal outside, and must be found in the
database afterwards, once.
"""
