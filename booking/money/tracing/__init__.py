"""Find money in the fund, and follow it: from who paid to the bank line, and back; names nobody."""
