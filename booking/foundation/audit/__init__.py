"""Who did what, when: append-only and sealed into a hash chain."""
