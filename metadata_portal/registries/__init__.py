"""Terms that managers curate, and the overlay schema_core reads."""
