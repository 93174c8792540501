"""Static files that pages ask for as one."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from rcssmin import cssmin
from rjsmin import jsmin

from metadata_portal.foundation.joined import JOINED, JoinedFinder


@pytest.mark.parametrize("name", JOINED)
def test_a_joined_file_holds_its_parts_in_order(name):
    smaller = jsmin if name.endswith(".js") else cssmin
    rest = Path(finders.find(name)).read_text(encoding="utf-8")
    assert "sourceMappingURL" not in rest
    for part in JOINED[name]:
        text = Path(finders.find(part)).read_text(encoding="utf-8")
        before, found, rest = rest.partition(smaller(text, keep_bang_comments=True))
        assert len(found) > len(text) / 3
        assert before in {"", "\n", ";\n"}


def test_a_part_that_changed_is_joined_anew(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    finder = JoinedFinder()
    place = Path(finder.find("joined/site.css"))
    whole = place.read_text(encoding="utf-8")
    place.write_text("old", encoding="utf-8")
    assert Path(finder.find("joined/site.css")).read_text(encoding="utf-8") == whole


def test_collecting_finds_every_joined_file():
    found = [path for finder in finders.get_finders() for path, _ in finder.list([])]
    assert set(JOINED) <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.django_db  # closing an answer looks at the connections
@pytest.mark.parametrize("name", JOINED)
def test_a_joined_file_is_served_compressed_without_being_collected(client, name):
    response = client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
    packed = b"".join(response.streaming_content)
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == Path(finders.find(name)).read_bytes()
    response.close()
