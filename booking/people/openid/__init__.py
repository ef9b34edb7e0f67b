"""Sign-in with Google and Microsoft, by OpenID Connect: the identities by which people come in."""
