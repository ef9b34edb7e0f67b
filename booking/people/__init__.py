"""Schools, the people who have roles in them, and their pupils."""
