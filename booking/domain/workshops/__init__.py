"""Which pupil goes to which workshop: the wishes, who chooses when, and the record of it."""
