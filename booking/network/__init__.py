"""What the schools do besides: their meetings and training."""
