"""Groups of colleagues: who is in one, what they note, and when they meet."""
