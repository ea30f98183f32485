"""Where documents, claims, actors, events and judgements are kept."""
