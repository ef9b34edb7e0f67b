"""Rounds: collect requests, allot the places, publish, explain and verify."""
