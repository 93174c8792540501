"""Works off tables in a process of its own: nothing waits for it, and a restart loses nothing.

What is to be done stands in the database. Whoever asks for something, or looks how far it is, sees to it that a process
works: it claims one table after the other and ends when there is none. A process that died no longer beats; its claim
is then taken over, and since every step is one transaction, it begins again as if nothing had happened.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.core.cache import cache

from metadata_portal.errors import PortalError
from metadata_portal.registries import overlay
from metadata_portal.registries.bulk.models import Batch
from metadata_portal.registries.bulk.services import batch_apply, batch_check, batch_undo

logger = logging.getLogger(__name__)
ALIVE: Final = 20
BEAT: Final = 5
SOON: Final = 5
_EVERY: Final = 100
_DO: Final[Mapping[str, Callable[..., None]]] = {
    Batch.State.CHECKING: batch_check,
    Batch.State.APPLYING: batch_apply,
    Batch.State.UNDOING: batch_undo,
}
_BACK: Final[Mapping[str, str]] = {
    Batch.State.CHECKING: Batch.State.REFUSED,
    Batch.State.APPLYING: Batch.State.CHECKED,
    Batch.State.UNDOING: Batch.State.APPLIED,
}


def see_to_it() -> None:
    """Start a process where a table waits and nobody works on it."""
    if not settings.PORTAL_JOBS or not any(map(_is_free, Batch.objects.waiting().only("claim"))):
        return
    if not cache.add("batches:starting", 1, SOON):
        return
    subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_off"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def work_off() -> int:
    """Do what waits, one table after the other; how many there were."""
    done = 0
    while (batch := _claimed()) is not None:
        with _beating(batch.claim):
            _do(batch)
        done += 1
    return done


def progress(batch: Batch) -> Mapping[str, Any]:
    """How far the work on a table is: `what`, `done` of `total`; a total of 0 is not known."""
    found: Mapping[str, Any] | None = cache.get(f"batch:{batch.pk}")
    return found or {"what": "Waiting", "done": 0, "total": 0}


def _do(batch: Batch) -> None:
    overlay.refresh()

    def step(what: str, done: int, total: int) -> None:
        if done % _EVERY == 0:
            cache.set(f"batch:{batch.pk}", {"what": what, "done": done, "total": total}, 600)

    state = batch.state
    try:
        _DO[state](batch, step)
    except PortalError as error:
        _put_back(batch, error.message)
    except Exception:
        logger.exception("batch %s could not be worked off", batch.pk)
        _put_back(
            batch, "Something went wrong on our side; nothing was changed. The administrator finds it in the log."
        )
    cache.delete(f"batch:{batch.pk}")


def _put_back(batch: Batch, message: str) -> None:
    Batch.objects.filter(pk=batch.pk).update(state=_BACK[batch.state], message=message, claim=None)


def _claimed() -> Batch | None:
    """A table that waits, ours from now on."""
    for batch in Batch.objects.waiting().order_by("created_at").defer("content"):
        if not _is_free(batch):
            continue
        ours = uuid4()
        cache.set(_beat(ours), 1, ALIVE)
        if Batch.objects.waiting().filter(pk=batch.pk, claim=batch.claim).update(claim=ours):
            return Batch.objects.get(pk=batch.pk)
    return None


def _is_free(batch: Batch) -> bool:
    return batch.claim is None or cache.get(_beat(batch.claim)) is None


@contextmanager
def _beating(claim: UUID | None) -> Iterator[None]:
    """Say every few seconds that we are alive, whatever the work is doing."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            cache.set(_beat(claim), 1, ALIVE)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(claim: UUID | None) -> str:
    return f"batches:alive:{claim}"
