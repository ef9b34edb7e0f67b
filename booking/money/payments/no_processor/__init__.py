"""No card processor: a network that takes money by bank transfer, in cash, by cheque or never."""
