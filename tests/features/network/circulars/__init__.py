"""Tests of circulars."""
