"""The API of terms: what forms offer, for programs."""

import pytest
from django.urls import reverse

from metadata_portal.accounts import roles
from metadata_portal.registries.services import term_add, term_retire

pytestmark = pytest.mark.django_db


def ask(client, name, **asked):
    return client.get(f"/api/registries/{name}/terms", asked)


@pytest.fixture
def reader(client_for):
    return client_for(roles.DATA_USER)


def test_terms_are_found_with_their_fields_the_best_match_first(reader):
    answer = ask(reader, "species", q="mus")
    assert answer.status_code == 200
    assert answer.json() == {
        "registry": "species",
        "title": "Species",
        "closed": False,
        "count": 1,
        "terms": [
            {
                "key": "Mus musculus",
                "name": "Mus musculus",
                "names": ["House mouse", "NCBI:txid10090"],
                "identifier": "NCBI:txid10090",
                "status": "stock",
                "data": {
                    "name": "Mus musculus",
                    "common_name": "House mouse",
                    "registry": "National Center for Biotechnology Information (NCBI)",
                    "registry_identifier": "NCBI:txid10090",
                },
            }
        ],
    }


def test_a_term_of_the_site_is_there_at_once_and_gone_when_it_is_retired(reader, registry_manager):
    term = term_add(vocabulary="probe-model", data={"name": "Neuropixels 3.0"}, by=registry_manager)
    found = ask(reader, "probe-model", q="3.0").json()["terms"]
    assert [(one["key"], one["status"], one["data"]) for one in found] == [
        ("Neuropixels 3.0", "local", {"name": "Neuropixels 3.0"})
    ]
    term_retire(term=term, reason="not sold", by=registry_manager)
    assert ask(reader, "probe-model", q="3.0").json()["count"] == 0


def test_eight_thousand_terms_are_counted_and_few_are_sent(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        answer = ask(reader, "mouse-anatomy").json()
    assert (answer["count"], len(answer["terms"])) == (8036, 20)


@pytest.mark.parametrize(
    ("name", "asked", "status", "says"),
    [
        ("moods", {}, 404, "no registry called moods"),
        ("species", {"limit": "1000"}, 422, "limit: Input should be less than or equal to 200"),
        ("species", {"limit": "x"}, 422, "limit: "),
        ("species", {"q": "x" * 301}, 422, "q: "),
    ],
)
def test_what_cannot_be_answered_is_told_as_a_problem(reader, name, asked, status, says):
    answer = ask(reader, name, **asked)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert says in answer.json()["detail"]


def test_strangers_are_told_to_sign_in_and_not_sent_to_a_page(client):
    answer = ask(client, "species")
    assert (answer.status_code, answer.json()["title"]) == (401, "Who is asking?")


def test_the_description_names_the_address_and_each_refusal(reader):
    described = reader.get("/api/openapi.json").json()
    address = described["paths"]["/api/registries/{name}/terms"]["get"]
    assert set(address["responses"]) == {"200", "401", "404", "422"}
    assert reader.get(reverse("api:openapi-view")).status_code == 200
    assert "swagger-ui" in reader.get("/api/docs").text
