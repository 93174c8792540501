"""The portal for programs: JSON over HTTP, described at /api/docs."""
