"""The site proves each night that it is sound, and says in public what was proved and when."""
