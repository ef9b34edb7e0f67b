"""Plain values about answers, shared by forms and services."""

#: How many characters say why somebody needs a family's number.
REASON_MIN, REASON_MAX = 10, 200
