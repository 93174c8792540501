"""Which registries a bundle was judged under: a name for their content, the same in every database."""

from __future__ import annotations

import hashlib
import json

from metadata_portal.registries import overlay

STOCK = "aind-data-schema-models 6.3.1"


def registry_version() -> str:
    """Return the version of the packaged vocabularies, and a hash of what this site adds to them."""
    terms = overlay.refresh().terms
    rows = sorted(
        json.dumps([vocabulary, dict(term.data), sorted(term.aliases), term.status], sort_keys=True)
        for vocabulary, found in terms.items()
        for term in found
    )
    if not rows:
        return STOCK
    return f"{STOCK} + local {hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]}"
