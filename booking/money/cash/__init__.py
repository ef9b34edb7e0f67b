"""Cash and cheques that a school receives and takes to the bank."""
