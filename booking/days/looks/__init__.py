"""The lead’s look at an event before it is published, if the network’s rules say so."""
