"""One calm mail a week about network life."""
