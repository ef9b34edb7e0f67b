"""What the card processor says about our money, compared with the books until the two agree."""
