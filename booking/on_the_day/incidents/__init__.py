"""What went wrong on the day: incidents and first aid, who is missing, and heads counted."""
