"""Tests of schools, people, roles, invitations, sign-in and school days."""
