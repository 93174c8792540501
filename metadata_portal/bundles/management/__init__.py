"""Commands of the bundles app."""
