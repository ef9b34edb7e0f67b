"""How much is said to open the glass."""

#: How many characters say why somebody must see another school's pupils.
REASON_MIN, REASON_MAX = 10, 200
