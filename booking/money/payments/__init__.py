"""Card payments behind one port, and the inbox for the card processor's messages."""
