"""Season plans: the places of a term shared at once, by wishes for each pupil."""
