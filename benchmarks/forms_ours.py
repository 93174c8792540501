"""Our side: the portal as `make run` starts it, with compressed files as in production, and records in it."""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Any

from tests.e2e.portal import PASSWORD, Portal, manage, running_portal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

USER = "bench"
KEYS = {"procedures": "subject_id", "instrument": "instrument_id"}
RECORD = """
import json
from pathlib import Path
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.services import record_create
by = User.objects.get(username={user!r})
project = Project.objects.order_by("pk").first()
for kind, key, file in {wanted!r}:
    document = json.loads(Path(file).read_text(encoding="utf-8"))
    print(record_create(kind=kind, key=key, project=project, by=by, document=document).pk)
"""


@contextlib.contextmanager
def portal(folder: Path) -> Iterator[Portal]:
    """Serve the portal with one person in it."""
    # read by the portal's own processes
    os.environ["PORTAL_STATIC_ROOT"] = str(folder / "static")
    manage(os.environ | {"PORTAL_VAR": str(folder / "var")}, "collectstatic", "--no-input")
    with running_portal(folder) as found:
        found.add_people(**{USER: ["surgeon"]})
        yield found


def records(found: Portal, folder: Path, documents: dict[str, tuple[str, Any]]) -> dict[str, str]:
    """Make records of these documents (kind, document) and give the addresses of their editors."""
    wanted = []
    for name, (kind, document) in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
        wanted.append((kind, document[KEYS[kind]], str(folder / f"{name}.json")))
    said = found.manage("shell", "-c", RECORD.format(user=USER, wanted=wanted)).split()
    return dict(zip(documents, (f"{found.url}/records/{pk}/edit/" for pk in said[-len(wanted) :]), strict=True))


def signed_in(found: Portal, browser: Browser) -> Any:
    """Sign in and give what a browser keeps of it."""
    context = browser.new_context(base_url=found.url)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(USER)
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    state = context.storage_state()
    context.close()
    return state
