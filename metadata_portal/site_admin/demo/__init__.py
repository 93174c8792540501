"""Example data: an invented project, its people, mice, surgeries and data."""
