"""A base set against other people's data sets and lists. Invariant: to compare changes nothing in the base."""
