"""Season plans, by their pages and services, on the real database."""
