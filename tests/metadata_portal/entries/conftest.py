"""Records in the states that tests begin with."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from metadata_portal.entries.models import Draft
from metadata_portal.entries.services import draft_open, draft_save, record_create, record_submit
from tests.metadata_portal.entries.documents import procedures


@pytest.fixture
def make_draft(project, surgeon):
    """``make_draft(document, kind=…, key=…, by=…)`` makes a record with a draft of it."""

    def make(document=None, kind="procedures", key="730945", by=None) -> Draft:
        by = by or surgeon
        document = procedures() if document is None else document
        record = record_create(kind=kind, key=key, project=project, by=by, document=document)
        return Draft.objects.select_related("record").get(record=record, editor=by)

    return make


@pytest.fixture
def submitted(make_draft, surgeon):
    """A procedures record with one revision."""
    return record_submit(draft=make_draft(), by=surgeon).record


@pytest.fixture
def replace():
    """``replace(draft, document)`` saves a whole document into a draft."""

    def save(draft, document, op=None):
        draft.refresh_from_db()
        saved = draft_save(draft=draft, document=document, version=draft.version, op=op or uuid4(), by=draft.editor)
        draft.refresh_from_db()
        return saved

    return save


@pytest.fixture
def reopen():
    """``reopen(record, user)`` begins a correction."""

    def begin(record, user):
        return draft_open(record=record, by=user)

    return begin


@pytest.fixture
def client(client_for, surgeon) -> Client:
    """A browser that the surgeon is signed in with."""
    return client_for(surgeon)
