"""What people may ask of what is held about them."""
