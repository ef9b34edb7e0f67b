"""Places: asking, naming, the line, and the pages of a school."""
