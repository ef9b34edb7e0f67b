"""What stands between those who oversee and other schools' pupils."""
