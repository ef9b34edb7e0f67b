"""Tests of visits between schools."""
