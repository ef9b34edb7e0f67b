"""A pretend card processor, so that anybody can try everything without an account."""
