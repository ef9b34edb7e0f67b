"""Tests of what hosts ask besides."""
