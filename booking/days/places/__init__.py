"""Places: requests, pupils named into places, reserves, and the line for returned places."""
