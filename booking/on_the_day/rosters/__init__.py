"""What a host may know: roster and register, from one allow-list of columns."""
