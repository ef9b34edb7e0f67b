"""What colleagues ask one another, and what they answer."""
