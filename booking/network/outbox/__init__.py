"""What became of the network's mail: who looks after what did not arrive."""
