"""What people need on the day: rosters, registers and calendars."""
