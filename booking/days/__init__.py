"""Events, their places, and how schools share them."""
