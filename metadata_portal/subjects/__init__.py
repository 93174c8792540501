"""One animal: its records, what was done to it, its data."""
