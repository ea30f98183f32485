"""The values of an incident: what is stated (`stating`), who speaks for it (`voices`), what is shown (`rules`)."""
