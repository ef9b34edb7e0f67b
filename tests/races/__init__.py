"""Several people at once: who gets the last place? Each file first shows the race unguarded."""
