"""How many independent origins stand behind an incident and behind each of its values."""
