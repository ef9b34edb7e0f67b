"""Season plans, through their pages and services, on the real database."""
