"""A person's own account, and the private links to it."""

from tests.trust.matrix.rows import ASSOCIATE, EVERYBODY, OWN, SIGNED_IN, both, get, post

ROWS = [
    get("account.home", "/account/", SIGNED_IN),
    get("account.history", "/account/history", SIGNED_IN),
    *both("account.leave", "/account/leave", SIGNED_IN),
    get("account.left", "/account/left", EVERYBODY),
    *both("data_requests.of_account", "/account/rights", SIGNED_IN),
    *both("subjects.erase_oneself", "/account/erase", SIGNED_IN),
    *both("subjects.own", "/account/everything", SIGNED_IN),
    # Nothing is sent before the password is given again on the page itself.
    get("subjects.own_file", "/account/everything/file", SIGNED_IN, answer=303),
    post("guides.put_away", "/account/hints/school/put-away", SIGNED_IN),
    post("guides.bring_back", "/account/hints/bring-back", SIGNED_IN),
    get("mail_choices.home", "/account/mail", SIGNED_IN),
    post("mail_choices.change", "/account/mail/ideas", SIGNED_IN),
    get(
        "mail_choices.show",
        "/mail/stop/{mail_stop_token}",
        EVERYBODY,
        unknown="/mail/stop/unknown",
    ),
    post(
        "mail_choices.one_click",
        "/mail/stop/{mail_stop_token}",
        EVERYBODY,
        unknown="/mail/stop/unknown",
        data={"List-Unsubscribe": "One-Click"},
    ),
    post(
        "mail_choices.choose",
        "/mail/stop/{mail_stop_token}/choose",
        EVERYBODY,
        unknown="/mail/stop/unknown/choose",
    ),
    get("factors.home", "/account/security", SIGNED_IN),
    *both("factors.add_passkey", "/account/security/passkey", SIGNED_IN),
    *both("factors.add_app", "/account/security/app", SIGNED_IN),
    post("factors.new_codes", "/account/security/codes", SIGNED_IN),
    # There are none to show until new ones were made.
    get("factors.show_codes", "/account/security/codes", SIGNED_IN, answer=303),
    post("factors.codes_kept", "/account/security/codes/kept", SIGNED_IN),
    # Somebody else's passkey is not found, and the person's own page says so.
    post("factors.remove_passkey", "/account/security/passkeys/nobodys/remove", SIGNED_IN),
    # Only their own: this is the passkey of an associate.
    *both("factors.rename_passkey", "/account/security/passkeys/{passkey}/name", ASSOCIATE),
    post("factors.remove_app", "/account/security/app/remove", SIGNED_IN),
    # Nobody has set out: the answers of a provider fit nothing that these browsers have begun.
    post("openid.set_out", "/sign-in/with/google", EVERYBODY),
    get("openid.onwards", "/sign-in/with/google/onwards", EVERYBODY, answer=400),
    get("openid.back", "/sign-in/with/google/back", EVERYBODY, answer=400),
    post(
        "openid.set_out_to_accept",
        "/invitations/{invitation_token}/with/google",
        EVERYBODY,
        unknown="/invitations/unknown/with/google",
        data={"name": "Nina New"},
    ),
    get("openid.home", "/account/identities", SIGNED_IN),
    post("openid.set_out_to_link", "/account/identities/google", SIGNED_IN),
    post("openid.set_out_to_prove", "/account/identities/google/prove", SIGNED_IN),
    # As with a passkey: somebody else's is not found, and the person's own page says so.
    post("openid.remove", "/account/identities/{identity}/remove", SIGNED_IN),
    *both("account.details", "/account/details", SIGNED_IN),
    *both("account.password", "/account/password", SIGNED_IN),
    *both("account.asked_again", "/account/again", SIGNED_IN),
    post("factors.again_by_code", "/account/again/code", SIGNED_IN),
    post("factors.again_by_passkey", "/account/again/passkey", SIGNED_IN),
    *both("account.ask_new_address", "/account/e-mail", SIGNED_IN),
    # Somebody else's session is not found, and the person's own page says so.
    post("account.end_session", "/account/sessions/nobodys/end", SIGNED_IN),
    post("account.end_other_sessions", "/account/sessions/end-others", SIGNED_IN),
    # What is offered to somebody's own address: not even the person who offered it can accept it.
    *both("account.offer", "/account/offers/{post_offer}", OWN),
    post("account.decline_offer", "/account/offers/{post_offer}/decline", OWN),
    *both("calendars.feeds", "/account/feeds", SIGNED_IN),
    # The feed in this network belongs to a coordinator and nobody else, not even the lead.
    *both("calendars.change", "/account/feeds/{feed}", OWN),
    post("calendars.renew", "/account/feeds/{feed}/renew", OWN),
    post("calendars.revoke", "/account/feeds/{feed}/revoke", OWN),
    get(
        "calendars.feed",
        "/calendar/feeds/{feed_token}.ics",
        EVERYBODY,
        unknown="/calendar/feeds/unknown.ics",
    ),
    *both(
        "account.invitation",
        "/invitations/{invitation_token}",
        EVERYBODY,
        unknown="/invitations/unknown",
    ),
    *both("account.reset", "/reset/{reset_token}", EVERYBODY, unknown="/reset/unknown"),
    *both(
        "account.new_address",
        "/new-address/{new_address_token}",
        EVERYBODY,
        unknown="/new-address/unknown",
    ),
]
