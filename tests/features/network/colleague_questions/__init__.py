"""Tests of what colleagues ask one another."""
