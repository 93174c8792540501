"""Pages of devices, coordinate systems and chains of transforms."""
