"""A draft behind the portal's own pages: opened, posted and saved through HTTP, as a browser without scripts does."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from metadata_portal.entries.keys import joined_key
from metadata_portal.entries.kinds import KINDS
from metadata_portal.entries.models import Draft
from metadata_portal.entries.services import record_create

if TYPE_CHECKING:
    from django.test import Client

    from metadata_portal.accounts.models import Project

STAMP = "2024-03-10 11:12:13"
_numbers = count(1)


class OnServer:
    """One person's draft of a new record; ``document`` and ``item_ids`` are those that the database holds."""

    def __init__(self, kind: str, client: Client, project: Project, document: Any = None) -> None:
        made = f"made{next(_numbers)}"
        key = joined_key(kind, {part.name: STAMP if "time" in part.name else made for part in KINDS[kind].key})
        record = record_create(kind=kind, key=key, project=project, by=client.user, document=document)
        self.client, self.record = client, record
        self.edit = reverse("entries:record-edit", args=[record.pk])
        self._read()

    def _read(self) -> None:
        draft = Draft.objects.get(record=self.record)
        self.document, self.item_ids = draft.data, draft.item_ids

    def html(self, at: str, kinds: str = "") -> str:
        """The whole page that shows an address."""
        answer = self.client.get(self.edit, {"at": at, "kinds": kinds})
        assert answer.status_code == 200, (at, answer.status_code)
        return answer.content.decode()

    def send(self, data: dict[str, list[str]]) -> None:
        """Post one form; it is saved and leads on to a page."""
        answer = self.client.post(self.edit, data)
        assert answer.status_code == 303, (data.get("at"), answer.status_code, answer.content.decode()[:3000])
        self._read()
