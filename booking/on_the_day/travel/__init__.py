"""How schools travel to an event, seats they share, and what they carry: visit pack and card."""
