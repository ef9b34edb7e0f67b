"""Who can help with what: offers that heads confirm, and links between two schools."""
