"""What the schools' staff do together: meetings and training."""
