"""How long what is written down at the door may be."""

NAME_MAX = 80
REASON_MAX = 200
