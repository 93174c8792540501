"""Template tags of the form engine."""
