"""Two curators at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from metadata_portal.errors import FormError
from metadata_portal.registries import overlay
from metadata_portal.registries.models import RegistryVersion, Term
from metadata_portal.registries.services import term_add


@pytest.fixture
def many_connections(transactional_db):
    """Threads that write at the same time need a database that lets them."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a database file or PostgreSQL: set PORTAL_TEST_DB or DATABASE_URL")
    RegistryVersion.objects.get_or_create()


@pytest.mark.parametrize("names", [["FVB/NJ"] * 8, [f"Line {number}" for number in range(8)]])
def test_what_many_curators_add_at_once_is_there_once_and_known_to_all(many_connections, administrator, names):
    start = Barrier(len(names))

    def add(name):
        start.wait()
        try:
            return term_add(vocabulary="strains", data={"name": name, "species": "Mus musculus"}, by=administrator).key
        except FormError as error:
            return error.message
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(names)) as threads:
        answers = list(threads.map(add, names))
    assert sorted(Term.objects.values_list("key", flat=True)) == sorted(set(names))
    refused = [answer for answer in answers if "already names" in answer]
    assert len(refused) == len(names) - len(set(names))
    assert RegistryVersion.objects.get().number == len(set(names))
    assert len(overlay.refresh().terms["strains"]) == len(set(names))
