"""How good Khabar is, per field, on gold that people made: loaders, scorers, floors."""
