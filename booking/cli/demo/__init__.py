"""The demonstration: a busy network, seeded by calling the services as its people would."""
