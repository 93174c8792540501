"""Commands of the entries app."""
