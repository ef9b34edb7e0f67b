"""What is proved each night, and what the public page says of it."""
