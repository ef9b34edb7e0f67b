"""What every feature stands on: the database, the web, mail, the audit trail."""
