"""Who leads an event: a teacher of the host, older pupils or a provider, with their own record."""
