"""What a family told, and ways to sign in for the day."""

from booking.domain.needs import Collection, PhotoPermission

NEEDS = {
    "health": "Asthma: blue inhaler in the front pocket",
    "access": "Step-free route",
    "diets": ["halal", "no_nuts"],
    "photo": PhotoPermission.SCHOOL_USE,
    "collection": Collection.NAMED_ADULT,
    "collected_by": "Aunt Ife",
    "emergency_name": "Ngozi Okoro",
    "emergency_phone": "+447700900123",
}
