"""Data assets, bundles and their downloads."""
