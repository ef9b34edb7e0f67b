"""Tests of the features in people."""
