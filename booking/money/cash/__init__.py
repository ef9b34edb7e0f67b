"""Cash and cheques that a school takes, and takes to the bank."""
