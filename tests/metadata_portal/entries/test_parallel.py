"""Many at once: one revision for many identical submits, no lost save, no duplicate."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import AuditEvent
from metadata_portal.entries.errors import StaleDraft
from metadata_portal.entries.models import Draft, DraftOperation, Record, Revision
from metadata_portal.entries.services import draft_open, draft_save, record_create, record_submit
from metadata_portal.errors import NotFound
from tests.metadata_portal.entries.documents import procedures, surgery

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def needs_a_database_file():
    """Threads share an in-memory database table by table, without waiting for each other: nothing like the real one."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a database file or PostgreSQL: set PORTAL_TEST_DB or DATABASE_URL")


def make_roles():
    for name in roles.ROLES:
        Group.objects.get_or_create(name=name)


@pytest.fixture(scope="module", autouse=True)
def leave_the_roles(django_db_setup, django_db_blocker):
    """Emptying the database after a test takes the rows of migrations too: they are put back for the tests after."""
    yield
    with django_db_blocker.unblock():
        make_roles()


@pytest.fixture(autouse=True)
def have_roles(transactional_db):
    make_roles()


def at_once(number, work):
    """Run `work(n)` in that many threads that start together; what each returned or raised."""
    barrier = Barrier(number)

    def run(n):
        try:
            barrier.wait(timeout=60)
            return work(n)
        except Exception as error:  # noqa: BLE001 (the outcome is the point)
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def sizes():
    """Keys and threads: the full load on PostgreSQL, a taste of it where writers queue anyway."""
    return (25, 20) if connection.vendor == "postgresql" else (4, 6)


def test_identical_submits_at_once_make_one_revision_each(project, surgeon):
    keys, threads = sizes()
    for number in range(keys):
        key, op = f"s{number}", uuid4()
        record = record_create(
            kind="procedures", key=key, project=project, by=surgeon, document=procedures(subject_id=key)
        )
        draft = Draft.objects.get(record=record)
        answers = at_once(
            threads, lambda _, draft=draft, op=op: record_submit(draft=draft, by=surgeon, op=op, version=1)
        )
        assert {getattr(answer, "pk", answer) for answer in answers} == {record.last_revision().pk}
    assert Revision.objects.count() == keys
    assert AuditEvent.objects.filter(action="revision.submit").count() == keys


def test_different_submits_of_one_draft_at_once_make_one_revision(project, surgeon):
    record = record_create(kind="procedures", key="730945", project=project, by=surgeon, document=procedures())
    draft = Draft.objects.get(record=record)
    answers = at_once(8, lambda _: record_submit(draft=draft, by=surgeon, op=uuid4(), version=1))
    assert Revision.objects.count() == 1
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert {type(answer) for answer in refused} == {NotFound}
    assert len(refused) == 7


def test_colleagues_submitting_different_items_at_once_are_all_kept_in_one_chain(project, make_user):
    people = [make_user() for _ in range(6)]
    drafts = []
    for number, person in enumerate(people):
        document = procedures(surgery(f"2026-01-0{number + 1}"))
        record = record_create(kind="procedures", key="730945", project=project, by=person, document=document)
        drafts.append(Draft.objects.get(record=record, editor=person))

    def submit(n):
        return record_submit(draft=drafts[n], by=people[n], reason="My surgery")

    answers = at_once(len(people), submit)
    assert [type(answer) for answer in answers] == [Revision] * len(people)
    last = Record.objects.get().last_revision()
    assert last.number == len(people)
    dates = sorted(item["start_date"] for item in last.data["subject_procedures"])
    assert dates == [f"2026-01-0{number + 1}" for number in range(len(people))]


def test_eight_writers_of_one_draft_lose_no_save(project, surgeon):
    record = record_create(kind="procedures", key="730945", project=project, by=surgeon, document={"n": 0})
    draft = Draft.objects.get(record=record)
    rounds = 10 if connection.vendor == "postgresql" else 4

    def count_up(_):
        done = 0
        while done < rounds:
            fresh = Draft.objects.get(pk=draft.pk)
            document = {"n": fresh.data["n"] + 1}
            try:
                draft_save(draft=draft, document=document, version=fresh.version, op=uuid4(), by=surgeon)
            except StaleDraft:
                continue
            done += 1
        return done

    assert at_once(8, count_up) == [rounds] * 8
    draft.refresh_from_db()
    assert (draft.data["n"], draft.version) == (8 * rounds, 8 * rounds + 1)


def test_one_save_sent_many_times_at_once_is_made_once(project, surgeon):
    record = record_create(kind="procedures", key="730945", project=project, by=surgeon, document={"n": 0})
    draft, op = Draft.objects.get(record=record), uuid4()
    answers = at_once(
        12, lambda _: draft_save(draft=draft, document={"n": 1}, version=1, op=op, by=surgeon).draft.version
    )
    assert answers == [2] * 12
    assert DraftOperation.objects.count() == 1


def test_one_key_begun_by_many_at_once_is_one_record_with_a_draft_each(project, make_user):
    people = [make_user() for _ in range(6)]
    answers = at_once(12, lambda n: record_create(kind="subject", key="730945", project=project, by=people[n % 6]).pk)
    assert (len(set(answers)), Record.objects.count(), Draft.objects.count()) == (1, 1, 6)


def test_one_draft_opened_many_times_at_once_is_one(project, surgeon):
    record = record_create(kind="procedures", key="730945", project=project, by=surgeon, document=procedures())
    record_submit(draft=Draft.objects.get(), by=surgeon)
    answers = at_once(8, lambda _: draft_open(record=record, by=surgeon).pk)
    assert (len(set(answers)), Draft.objects.count()) == (1, 1)
