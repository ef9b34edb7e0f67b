"""Bids for CPD money: applied for, approved, claimed with a receipt, spent."""
