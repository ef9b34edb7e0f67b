"""Tests of rounds: run, explained, verified."""
