"""Tests of the features in network."""
