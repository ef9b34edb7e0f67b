"""Season plans: a term's places shared together, by wishes for each pupil."""
