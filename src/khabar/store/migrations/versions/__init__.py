"""The versions of the schema, named by number and what they bring."""
