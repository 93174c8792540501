"""The pages of tables, duplicates and releases, as a manager meets them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from metadata_portal.accounts import roles
from metadata_portal.foundation.sheets.reading import read_table
from metadata_portal.registries import loading
from metadata_portal.registries.bulk import work
from metadata_portal.registries.bulk.models import Batch
from metadata_portal.registries.declaring import declaration
from metadata_portal.registries.models import Term, TermChange
from metadata_portal.registries.services import term_add
from schema_core.registries import vocabulary

pytestmark = pytest.mark.django_db

POLYGLOT = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>"
URL = "/registries/organizations/import/"


@pytest.fixture
def manager(client_for):
    return client_for(roles.REGISTRY_MANAGER)


@pytest.fixture
def stock():
    """The packaged strains and Harp devices: small registries are enough here."""
    for name in ("strains", "harp-types"):
        Term.objects.bulk_create(loading._plan(declaration(name), {}).new)


def send(client, text, name="list.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


def acme(by, name="Acme Optics", **data):
    return term_add(vocabulary="organizations", data={"name": name, **data}, by=by)


def test_a_table_is_sent_watched_applied_and_taken_back(manager, django_assert_max_num_queries):
    page = send(manager, "name,other_names\nAcme Optics,Acme\n" + "".join(f"Lab {n}\n" for n in range(60)))
    batch = Batch.objects.get()
    assert page.headers["location"] == batch.get_absolute_url()
    waiting = manager.get(batch.get_absolute_url())
    assert waiting.headers["refresh"] == "2"
    assert "<progress" in waiting.text
    work.work_off()
    with django_assert_max_num_queries(10):
        shown = manager.get(batch.get_absolute_url())
    assert "Apply 61 rows" in shown.text
    assert "Page 1 of 2" in shown.text
    assert "refresh" not in shown.headers
    assert manager.post(batch.get_absolute_url(), {"do": "apply"}).status_code == 302
    assert Batch.objects.get().state == "checked"
    manager.post(batch.get_absolute_url(), {"do": "apply", "reason": "from the old list"})
    work.work_off()
    assert Term.objects.count() == 61
    assert "Imported" in manager.get(Term.objects.get(key="Acme Optics").get_absolute_url()).text
    manager.post(batch.get_absolute_url(), {"do": "undo"})
    work.work_off()
    assert not Term.objects.exists()
    assert "Taken back" in manager.get(batch.get_absolute_url()).text


def test_a_refused_row_shows_its_message_first_and_what_was_typed(manager):
    send(manager, "name,registry,registry_identifier\nGood,,\nBad,ROR,03cpe7c53\n")
    work.work_off()
    page = manager.get(Batch.objects.get().get_absolute_url())
    assert "1 row cannot be taken" in page.text
    assert "03cpe7c53" in page.text
    assert "check digits" in page.text
    assert "Apply" not in page.text


@pytest.mark.parametrize(("content", "said"), [(b"", "empty"), (b"PK\x03\x04rubbish", "cut short"), (None, "Choose a")])
def test_a_file_that_is_none_is_refused_on_its_page(manager, content, said):
    page = manager.post(URL, {} if content is None else {"file": SimpleUploadedFile("x.xlsx", content)})
    assert page.status_code == 422
    assert said in page.text
    assert not Batch.objects.exists()


def test_a_registry_is_downloaded_as_csv_and_xlsx(manager, client_for, registry_manager, stock):
    term_add(vocabulary="strains", data={"name": "=1+1", "species": "Mus musculus"}, by=registry_manager)
    reader = client_for(roles.DATA_USER)
    text = reader.get("/registries/strains/export.csv")
    assert text.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(b"".join(text.streaming_content).decode("utf-8-sig"))))
    assert rows[0] == ["name", "species", "registry", "registry_identifier", "other_names", "state", "source"]
    assert {row[0] for row in rows[1:]} == {"C57BL/6J", "BALB/c", "Unknown", "'=1+1"}
    book = read_table(reader.get("/registries/strains/export.xlsx").content)
    assert {cells[0] for _, cells in book.rows} == {"C57BL/6J", "BALB/c", "Unknown", "=1+1"}
    assert read_table(reader.get("/registries/strains/export.xlsx?empty=1").content).rows == []
    assert reader.get("/registries/strains/export.pdf").status_code == 404


def test_the_labs_terms_are_one_click_away_in_the_standards_own_columns(manager, registry_manager, stock):
    data = {"name": "FVB/NJ", "species": "Mus musculus", "registry": "Mouse Genome Informatics (MGI)"}
    term_add(vocabulary="strains", data={**data, "registry_identifier": "2163709"}, by=registry_manager)
    text = b"".join(manager.get("/registries/strains/to-propose.csv").streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["Mus musculus,NCBI,NCBI:txid10090,FVB/NJ,MGI,MGI:2163709,House mouse"]
    assert "to-propose.csv" in manager.get("/registries/strains/").text
    assert manager.get("/registries/people/to-propose.csv").status_code == 404


def test_adding_what_may_be_there_already_is_asked_about_once(manager, registry_manager):
    acme(registry_manager)
    data = {"name": "Optics, Acme GmbH", "abbreviation": "", "registry": "", "registry_identifier": "", "aliases": ""}
    asked = manager.post("/registries/organizations/new/", data)
    assert asked.status_code == 422
    assert "may have it already" in asked.text
    assert Term.objects.count() == 1
    saved = manager.post("/registries/organizations/new/", {**data, "another": "yes"}, follow=True)
    assert Term.objects.count() == 2
    assert "This may be here twice" in saved.text


def test_duplicates_are_listed_compared_and_merged(
    manager, client_for, registry_manager, django_assert_max_num_queries
):
    old = acme(registry_manager)
    new = acme(registry_manager, "Optics Acme GmbH", abbreviation="OAG")
    with django_assert_max_num_queries(10):
        page = manager.get("/registries/organizations/duplicates/")
    address = f"/registries/organizations/{new.pk}/beside/{old.pk}/"
    assert address in page.text
    with django_assert_max_num_queries(10):
        assert address in manager.get("/registries/duplicates/").text
    assert address not in client_for(roles.SURGEON).get("/registries/duplicates/").text
    side = manager.get(address)
    assert "<strong>OAG</strong>" in side.text
    manager.post(f"/registries/organizations/{new.pk}/merge/", {"into": old.key, "reason": "twice"})
    assert Term.objects.get(pk=new.pk).replaced_by == old
    assert "No duplicates found" in manager.get("/registries/duplicates/").text
    assert manager.get(f"/registries/organizations/{old.pk}/beside/{old.pk}/").status_code == 404


def test_an_identifier_leads_to_its_authority_and_a_mixed_alphabet_is_remarked_upon(manager, registry_manager):
    ror = {"registry": "Research Organization Registry (ROR)", "registry_identifier": "03cpe7c52"}
    page = manager.get(acme(registry_manager, "\u0391cme", **ror).get_absolute_url())
    assert 'href="https://ror.org/03cpe7c52" rel="noopener noreferrer"' in page.text
    assert "mixes alphabets" in page.text
    packaged = Term.objects.create(vocabulary="protocols", key="10.1/x", name="x", data={}, stock=True, status="stock")
    assert "At its authority" not in manager.get(packaged.get_absolute_url()).text


def test_names_with_markup_are_text_on_every_page(manager, registry_manager):
    one = acme(registry_manager, POLYGLOT)
    two = acme(registry_manager, f"{POLYGLOT} Inc", abbreviation=POLYGLOT)
    send(
        manager,
        f'name,abbreviation\n"{POLYGLOT.replace(chr(34), chr(34) * 2)}",x\n',
        name="<b>x.csv",
    )
    work.work_off()
    batch = Batch.objects.get()
    for address in (
        one.get_absolute_url(),
        f"{one.get_absolute_url()}edit/",
        "/registries/organizations/",
        "/registries/organizations/history/",
        "/registries/organizations/options/?q=img",
        "/registries/duplicates/",
        f"/registries/organizations/{two.pk}/beside/{one.pk}/",
        batch.get_absolute_url(),
        URL,
        "/registries/?q=img",
    ):
        page = manager.get(address)
        assert page.status_code == 200, address
        assert "&lt;img src=x" in page.text or address == URL, address
        assert "<img src=x" not in page.text, address
        assert "<b>x" not in page.text, address


def test_a_release_shows_conflicts_first_and_takes_the_standards_word_when_told(manager, stock, monkeypatch):
    harp = vocabulary("harp-types")
    monkeypatch.setattr(loading, "declarations", lambda: {"harp-types": declaration("harp-types")})
    same, other = harp.stock[0], harp.stock[1]
    Term.objects.filter(vocabulary="harp-types").update(source="harp", stock=True)
    Term.objects.filter(key__in=[same.key, other.key]).delete()
    gone = Term.objects.create(
        vocabulary="harp-types", key="Old", name="Old", data={"whoami": 1, "name": "Old"}, stock=True, status="stock"
    )
    for entry, data in ((same, same.data), (other, {**other.data, "whoami": 9999})):
        Term.objects.create(
            vocabulary="harp-types",
            key=entry.key,
            name=entry.key,
            data=data,
            source="local",
            aliases="Ours",
            search="x",
        )
    page = manager.get("/registries/release/")
    assert "The lab&#x27;s, said otherwise by the standard" in page.text
    assert f"<del>9999</del> <ins>{other.data['whoami']}</ins>" in page.text
    loading.stock_load()
    rows = {term.key: term for term in Term.objects.filter(vocabulary="harp-types")}
    assert (rows[same.key].stock, rows[same.key].aliases, rows[same.key].status) == (True, "Ours", "stock")
    assert (rows[other.key].stock, rows[other.key].data["whoami"]) == (False, 9999)
    assert (rows["Old"].stock, rows["Old"].status) == (False, "retired")
    assert TermChange.objects.get(term=gone, action="release").before["status"] == "stock"
    manager.post("/registries/release/", {"take": "all"})
    settled = Term.objects.get(key=other.key)
    assert (settled.stock, settled.data, settled.aliases) == (True, other.data, "Ours")
    change = TermChange.objects.get(term=settled, action="release")
    assert (change.before["data"]["whoami"], change.by.username) == (9999, manager.user.username)
    assert "Nothing new" in manager.get("/registries/release/").text
