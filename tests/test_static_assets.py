"""The browser files that wheels bring are the bytes we reviewed, and none is copied into the repository."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parents[1]
REVIEWED = {
    # Reboot of Bootstrap 5.3.8, from bootstrap-wrapper
    "bootstrap/css/bootstrap-reboot.min.css": "0b56cde507cfa4d5d219f71df2e2d0a9b14bd6f589583818b874fb026f0f47f7",
    # htmx 2.0, from django-htmx
    "django_htmx/htmx-2.min.js": "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de",
}


@pytest.mark.parametrize("name", REVIEWED)
def test_a_browser_file_from_a_wheel_is_the_one_we_reviewed(name):
    found = finders.find(name)
    assert found is not None
    assert hashlib.sha256(Path(found).read_bytes()).hexdigest() == REVIEWED[name]


def test_no_third_party_browser_file_is_kept_in_the_repository():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in tracked if name.endswith((".min.js", ".min.css", ".woff", ".woff2", ".map"))] == []
