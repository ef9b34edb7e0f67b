"""What the pages about rounds and the season show, ready for the templates."""
