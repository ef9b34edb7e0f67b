"""A third card processor, to show that one is a folder and a line: it keeps all in memory."""
