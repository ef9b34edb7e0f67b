"""Tests of what the network's staff do together."""
