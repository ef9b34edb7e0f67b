"""The weekly digest of network life."""
