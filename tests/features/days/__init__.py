"""Tests of the features in days."""
