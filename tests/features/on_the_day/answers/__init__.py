"""The pages on what families answered."""
