"""What holds for every registry: its pages are generated, reachable and cheap; the tree opens branch by branch."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from metadata_portal.accounts import roles
from metadata_portal.registries.declaring import declarations
from metadata_portal.registries.loading import stock_load
from metadata_portal.registries.models import RegistryVersion, Term
from metadata_portal.registries.services import term_add
from metadata_portal.registries.tree import above_of

MOST_QUERIES = 10

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def stock(django_db_setup, django_db_blocker):
    """The packaged terms, loaded once for all these tests."""
    with django_db_blocker.unblock():
        stock_load()
    yield
    with django_db_blocker.unblock():
        Term.objects.all().delete()
        RegistryVersion.objects.update(number=0, digest="", lab=0)


@pytest.fixture
def manager(client_for):
    return client_for(roles.REGISTRY_MANAGER)


def cost(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(address)
    return page, len(queries)


def test_every_registry_is_listed_searched_and_shown_with_few_queries_and_closed_ones_say_why(manager):
    wrong = []
    for name, declared in declarations().items():
        page, queries = cost(manager, reverse("registries:vocabulary-detail", args=[name]) + "?q=a&status=stock")
        shown, more = cost(manager, reverse("registries:vocabulary-detail", args=[name]))
        ok = page.status_code == shown.status_code == 200 and max(queries, more) <= MOST_QUERIES
        says = (declared.closed_reason in shown.text) if declared.closed else ("/new/" in shown.text)
        counted = shown.context["page"].paginator.count == len(declared.vocabulary.stock)
        if not (ok and says and counted):
            wrong.append((name, page.status_code, queries, more, says, counted))
    assert wrong == []


def test_every_open_registry_has_a_form_and_a_page_of_the_admin_made_from_its_rows(manager):
    wrong = []
    for name, declared in declarations().items():
        form, _ = cost(manager, reverse("registries:term-new", args=[name]))
        admin, queries = cost(manager, reverse("admin:registries_term_changelist") + f"?vocabulary={name}")
        adding = manager.get(reverse("admin:registries_term_add") + f"?vocabulary={name}").status_code
        expected = 403 if declared.closed else 200
        if (form.status_code, adding, admin.status_code) != (expected, expected, 200) or queries > 2 * MOST_QUERIES:
            wrong.append((name, form.status_code, adding, admin.status_code, queries))
    assert wrong == []


def test_the_admin_lists_every_registry_by_name(manager):
    page = manager.get(reverse("admin:index"))
    assert [name for name, found in declarations().items() if f"?vocabulary={name}" not in page.text] == []


def tree(client, **asked):
    return client.get(reverse("registries:vocabulary-tree", args=["brain-structures"]), asked)


def keys(branches):
    return [branch.term.key for branch in branches]


def test_the_tree_begins_below_its_root_and_a_branch_is_fetched_alone(manager):
    page, queries = cost(manager, reverse("registries:vocabulary-tree", args=["brain-structures"]))
    assert queries <= MOST_QUERIES
    [root] = page.context["branches"]
    assert (root.term.key, root.is_open, root.level) == ("root", True, 1)
    assert {"grey", "fiber tracts", "VS"} <= set(keys(root.below))
    branch = tree(manager, below="grey")
    assert keys(branch.context["branches"]) == ["BS", "CB", "CH"]
    assert {found.level for found in branch.context["branches"]} == {3}
    assert "<html" not in branch.text


def test_a_search_opens_what_leads_to_its_hits(manager):
    page, queries = cost(manager, reverse("registries:vocabulary-tree", args=["brain-structures"]) + "?q=VISp1")
    assert queries <= MOST_QUERIES
    found, at = [], page.context["branches"]
    while at:
        branch = next((one for one in at if one.is_open or one.is_match), None)
        found += [branch.term.key] if branch else []
        at = branch.below if branch and branch.is_open else []
    assert found[-1] == "VISp1"
    assert found[:-1] == list(reversed(above_of(declarations()["brain-structures"], "VISp1")))
    assert "1 term fits" in page.text


def test_every_structure_stands_in_the_tree_and_a_local_one_at_its_root(manager, registry_manager):
    declared = declarations()["brain-structures"]
    assert {above_of(declared, entry.key)[-1] for entry in declared.vocabulary.stock if entry.key != "root"} == {"root"}
    term_add(
        vocabulary="brain-structures",
        data={"atlas": "CCFv3", "name": "Our barrel C2", "acronym": "C2", "id": "1000001"},
        by=registry_manager,
    )
    assert keys(tree(manager).context["branches"]) == ["root", "C2"]


def test_only_a_registry_with_branches_has_a_tree(manager):
    assert manager.get(reverse("registries:vocabulary-tree", args=["species"])).status_code == 404
    assert tree(manager, below="VISp1").status_code == 404
