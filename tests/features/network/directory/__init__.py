"""Who can help with what."""
