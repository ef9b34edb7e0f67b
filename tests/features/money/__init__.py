"""Tests of the features in money."""
