"""One box for a subject id, an asset's name, or a device's name or serial number."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from metadata_portal.accounts.models import User
from metadata_portal.bundles.models import Asset
from metadata_portal.entries.models import Record, Revision

ROWS = 20
# the fields by which people know a device, a lot or a place
NAMING_FIELDS = frozenset({"name", "serial_number", "workstation_id", "part_number", "model", "lot", "addgene_id"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A submitted record that names what was searched for, and where."""

    record: Record
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a person may see of what fits."""

    subjects: list[str]
    records: list[Record]
    assets: list[Asset]
    mentions: list[Mention]

    def __bool__(self) -> bool:
        return bool(self.subjects or self.records or self.assets or self.mentions)


def search(*, text: str, user: User) -> Found:
    """Return subjects, records, assets and mentions of the text, each list with at most twenty rows."""
    records = Record.objects.visible_to(user)
    subjects = records.filter(subject_id__icontains=text).exclude(subject_id="")
    return Found(
        subjects=list(subjects.order_by("subject_id").values_list("subject_id", flat=True).distinct()[:ROWS]),
        records=list(records.filter(key__icontains=text).select_related("project").order_by("key")[:ROWS]),
        assets=list(Asset.objects.visible_to(user).filter(name__icontains=text).order_by("name")[:ROWS]),
        mentions=list(_mentions(text, user)),
    )


def _mentions(text: str, user: User) -> Iterator[Mention]:
    revisions = Revision.objects.visible_to(user).current().select_related("record")
    # in the stored JSON, quotes and backslashes are escaped
    inside = json.dumps(text, ensure_ascii=False)[1:-1]
    found = 0
    for revision in revisions.filter(document__icontains=inside).order_by("-created_at")[: ROWS * 5]:
        # its own key is what it was found by already
        found_at = (
            place for place in _places(revision.data, text.casefold()) if place != ("name", revision.record.key)
        )
        places = tuple(found_at)[:3]
        if places:
            found += 1
            yield Mention(revision.record, places)
        if found == ROWS:
            return


def _places(node: Any, text: str, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            inner = f"{path}.{key}" if path else key
            if isinstance(value, str):
                if key in NAMING_FIELDS and text in value.casefold():
                    yield inner, value
            else:
                yield from _places(value, text, inner)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _places(value, text, f"{path}.{index}")
