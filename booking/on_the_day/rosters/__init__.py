"""The roster and the register: what a host may know, from one list of allowed columns."""
