"""Changes of the schema, one module a version, run by `khabar.store.migrate`."""
