"""Pages of the registries and their terms."""
