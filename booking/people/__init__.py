"""Schools, the people who hold posts in them, and their pupils."""
