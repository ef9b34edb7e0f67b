"""What families answered, and who reads it: their school, who travels along, the day's staff."""
