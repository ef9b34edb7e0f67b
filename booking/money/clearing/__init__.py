"""What the card processor says of our money beside what the books say, until the two agree."""
