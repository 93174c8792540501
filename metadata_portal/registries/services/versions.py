"""The number of the registries' version, raised with every change."""

import hashlib
import json

from django.db.models import F

from metadata_portal.registries import overlay
from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.models import RegistryVersion, Term
from schema_core.registries import vocabularies


def version_bump(declared: Declaration | None = None) -> None:
    """Count a change; every process reads the terms anew at its next request, this one now.

    A change of one of the lab's own registries is counted apart: no verdict depends on it.
    """
    if declared is not None and declared.is_lab:
        change = {"lab": F("lab") + 1}
        first = {"lab": 1}
    else:
        digest = _digest()
        change = {"number": F("number") + 1, "digest": digest}  # type: ignore[dict-item] # a column each
        first = {"number": 1, "digest": digest}  # type: ignore[dict-item]
    if not RegistryVersion.objects.update(**change):
        RegistryVersion.objects.create(**first)
    overlay.refresh()


def _digest() -> str:
    """Hash of the terms that the packaged tables lack: the same terms have the same hash everywhere."""
    rows = Term.objects.of_any(vocabularies()).overlaying().order_by("vocabulary", "key")
    state = list(rows.values_list("vocabulary", "key", "data", "aliases", "status"))
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()
