"""From a document to sentences with syntax, actors, places, dates and numbers."""
