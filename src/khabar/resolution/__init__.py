"""From claims to actors, incidents and contradictions, through judgements."""
