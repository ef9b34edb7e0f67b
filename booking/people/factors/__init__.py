"""Second factors: passkeys, an authenticator app and recovery codes, besides the password."""
