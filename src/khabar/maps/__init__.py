"""Where things are: outlines of countries and provinces, and small maps drawn from them."""
