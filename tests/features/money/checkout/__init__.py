"""Tests of checkout: the parent's pages, settling, refunds and the school's money page."""
