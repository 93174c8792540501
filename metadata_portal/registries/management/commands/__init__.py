"""Commands of the registries."""
