"""What the invented processor needs to be set up: a secret."""

from booking.foundation.settings import BadSetting, Setting

SETTINGS = (Setting("INVENTED_SECRET", "", "signs the messages of the invented processor"),)


def check(values):
    """Refuse a site whose messages could be forged."""
    if not values["INVENTED_SECRET"]:
        raise BadSetting("INVENTED_SECRET is empty.")
