"""Tests of the features in foundation."""
