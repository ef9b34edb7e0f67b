"""Who may do what, and who may know what: every address, requested by everybody."""
