"""What every feature is built on: the database, the web, mail, the audit trail."""
