"""The Django site: forms, registries, records and bundles around schema_core."""
