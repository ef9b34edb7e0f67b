"""A pretend card processor, so that a stranger can try everything without an account."""
