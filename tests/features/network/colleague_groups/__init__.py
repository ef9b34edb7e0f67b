"""Tests of groups of colleagues."""
