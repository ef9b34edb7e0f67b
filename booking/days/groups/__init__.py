"""Groups and tables at an event: proposed balanced, moved by hand, read on the roster."""
