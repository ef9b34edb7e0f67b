"""Commands: each parses, calls one service and prints."""
