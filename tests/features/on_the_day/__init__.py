"""Tests of the features in on_the_day."""
