"""Event and relation types as data: definitions, triggers, patterns, codes."""
