"""One module a page, each with its route and the few records it needs."""
