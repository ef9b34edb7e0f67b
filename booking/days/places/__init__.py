"""Places: requests, pupils named for places, reserves, and the line for returned places."""
