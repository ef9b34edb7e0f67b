"""An event with fewer pupils than its minimum: its hosts are warned, and decide."""
