"""What stands between those who oversee and the pupils of schools that are not their own."""
