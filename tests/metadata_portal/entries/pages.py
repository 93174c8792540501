"""The pages of records, used as a browser without JavaScript uses them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from metadata_portal.entries.models import Draft
from tests.forms import forms

SURGERY = "subject_procedures.0"


def url(name, record, *args, **query):
    address = reverse(f"entries:{name}", args=[record.pk, *args])
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def node_form(client, record, at=SURGERY):
    """The form of a node, and the name of its control for each path."""
    page = client.get(url("record-edit", record, at=at))
    assert page.status_code == 200
    own = [form for form in forms(page.content.decode()) if ("at", at) in form.fields]
    return next((form for form in own if "digest" in dict(form.fields)), own[0])  # before it may stand what fills it


def post_node(client, record, changes, at=SURGERY, form=None, **headers):
    """Send a node's form with some paths changed, as a browser without JavaScript does."""
    form = form or node_form(client, record, at)
    data = form.data(**{form.paths[f"{at}.{field}"]: value for field, value in changes.items()}, do="save")
    return client.post(url("record-edit", record), data, headers=headers)


def send(client, address, data):
    """Post what a browser never sends: halves of characters too, as three bytes each."""
    body = urlencode(data, doseq=True, errors="surrogatepass")
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


def stored(record, user):
    return Draft.objects.get(record=record, editor=user).data
