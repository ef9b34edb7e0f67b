"""How the site runs, what must always hold, copies and what is no longer needed."""
