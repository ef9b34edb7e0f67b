"""Tours: workshops that older pupils of one school take to others, with a kit, stop by stop."""
