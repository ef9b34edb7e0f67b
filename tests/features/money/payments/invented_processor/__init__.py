"""A third card processor, to show that one needs a folder and a line; it keeps all in memory."""
