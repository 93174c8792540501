"""Devices, coordinate systems and atlases of the lab: what the form engine is needed for beside records."""
