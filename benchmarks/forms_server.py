"""Server time of saving one field of an instrument of 150 devices, with 1, 10 and 40 nodes open in the page.

python benchmarks/forms_server.py      one line of JSON: milliseconds by number of open nodes, wall and processor
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import documents, editor_page
from tests.forms import Form, forms

if TYPE_CHECKING:
    from django.test import Client

EXAMPLES = Path(__file__).resolve().parents[1] / ".venv-peer" / "examples"
DEVICES = 150
OPEN = (1, 10, 40)
ROUNDS = 21
WARM_UP = 4
PLAIN, NAME = "location", "components.0.name"
SAVES = {**{f"{opened} open": (PLAIN, opened) for opened in OPEN}, "a name": (NAME, 1)}

_texts = count()


def form_of(client: Client, url: str, field: str) -> Form:
    """The form that holds a field, as its page draws it."""
    page = client.get(f"{url}?at={field}").content.decode()
    return next(form for form in forms(page) if field in form.paths)


def save(client: Client, url: str, field: str, opened: int) -> tuple[float, float]:
    """Save one field in a page with this many open devices; wall and processor seconds."""
    form = form_of(client, url, field)
    data = form.data(**{form.paths[field]: f"Place {next(_texts)}", "op": str(uuid4()), "do": "save"})
    data["open"] = [f"components.{number}" for number in range(opened)]
    begun = time.perf_counter(), time.process_time()
    response = client.post(url, data, headers={"HX-Request": "true"})
    took = time.perf_counter() - begun[0], time.process_time() - begun[1]
    if response.status_code != 200:
        sys.exit(f"Saving answered {response.status_code}")
    return took


def main() -> None:
    """Save in turns."""
    client, user, project = editor_page.signed_in()
    url = editor_page.record_url(
        "instrument", "RIG-150", documents.shown(EXAMPLES, "instrument", DEVICES), user, project
    )
    times: dict[str, list[tuple[float, float]]] = {what: [] for what in SAVES}
    for turn in range(WARM_UP + ROUNDS):
        for what, (field, opened) in SAVES.items():
            took = save(client, url, field, opened)
            if turn >= WARM_UP:
                times[what].append(took)
    told = {
        what: [statistics.median(column) * 1000 for column in zip(*rows, strict=True)] for what, rows in times.items()
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
