"""One page about network life: what waits for a person, what is new, and a search."""
