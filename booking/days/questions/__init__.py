"""What the host of an event asks of parents, pupils and schools besides, and their answers."""
