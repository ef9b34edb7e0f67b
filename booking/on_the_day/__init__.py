"""What is in people’s hands on the day: rosters, registers, calendars."""
