"""Tests of payments: the two gateways behind one port, and the rows that record them."""
