"""What every page shares: access, sessions, errors, headers, fields, filters, paging."""
