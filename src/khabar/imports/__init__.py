"""Files of other people's data as reference records. Invariant: a bad row is a problem with its line, never a stop."""
