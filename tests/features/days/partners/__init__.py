"""Tests of partners' calendars."""
