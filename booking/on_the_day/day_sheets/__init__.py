"""The day's paper: the day sheet, labels and badges, and the sheet on which visitors sign in."""
