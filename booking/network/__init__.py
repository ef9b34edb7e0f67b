"""What the schools do together besides events: meetings and training."""
