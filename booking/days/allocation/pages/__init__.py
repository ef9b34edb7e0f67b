"""What the pages of rounds and of the season show, ready for the templates."""
