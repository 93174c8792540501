"""The standard's public helpers."""
