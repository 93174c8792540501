"""Tables of terms: out and in again, a dry run, all or nothing, and back."""

import pytest
from django.core.cache import cache

from metadata_portal.accounts.models import AuditEvent
from metadata_portal.errors import Conflict, NotAllowed
from metadata_portal.foundation.sheets.checks import BadFile
from metadata_portal.foundation.sheets.writing import csv_lines, workbook
from metadata_portal.registries import loading
from metadata_portal.registries.bulk import services, work
from metadata_portal.registries.bulk.exporting import hints_of, rows_of, upstream_rows
from metadata_portal.registries.bulk.models import Batch, BatchRow
from metadata_portal.registries.declaring import declaration
from metadata_portal.registries.models import RegistryVersion, Term, TermChange, TermUse
from metadata_portal.registries.services import term_add, term_edit
from schema_core.registries import vocabulary

pytestmark = pytest.mark.django_db

ROR = "Research Organization Registry (ROR)"
TABLE = """name,registry,registry_identifier,other_names
Acme Optics,,,Acme | Acme Photonics
Zebra Lasers,ROR,https://ror.org/03cpe7c52,
"""


def bring(text, by, registry="organizations"):
    batch = services.batch_bring(vocabulary=registry, file_name="new.csv", content=text.encode(), by=by)
    work.work_off()
    return Batch.objects.get(pk=batch.pk)


def apply(batch, by, reason="from the old list"):
    services.batch_apply_later(batch=batch, reason=reason, by=by)
    work.work_off()
    return Batch.objects.get(pk=batch.pk)


def undo(batch, by):
    services.batch_undo_later(batch=batch, by=by)
    work.work_off()
    return Batch.objects.get(pk=batch.pk)


def load(registry):
    Term.objects.bulk_create(loading._plan(declaration(registry), {}).new)


def told(batch):
    return [(row.number, row.state, row.field, row.message) for row in batch.rows.all()]


def written(name):
    return "".join(csv_lines(rows_of(declaration(name), Term.objects.of(name))))


def test_a_table_is_first_a_dry_run_with_each_row_before_and_after(registry_manager):
    first = term_add(vocabulary="organizations", data={"name": "Acme Optics"}, by=registry_manager)
    batch = bring(TABLE, registry_manager)
    assert (batch.state, batch.new, batch.changed, batch.same, batch.refused) == ("checked", 1, 1, 0, 0)
    changed, new = batch.rows.all()
    assert (changed.state, changed.before["aliases"], changed.after["aliases"]) == (
        "changed",
        [],
        ["Acme", "Acme Photonics"],
    )
    assert (new.before, new.after["data"]) == (
        None,
        {"name": "Zebra Lasers", "abbreviation": None, "registry": ROR, "registry_identifier": "03cpe7c52"},
    )
    assert Term.objects.filter(stock=False).count() == 1
    assert Term.objects.get(pk=first.pk).aliases == ""


def test_applying_writes_all_rows_their_history_and_one_version(registry_manager):
    batch = apply(bring(TABLE, registry_manager), registry_manager)
    assert batch.state == "applied"
    assert vocabulary("organizations").lookup("acme photonics").label == "Acme Optics"
    changes = TermChange.objects.filter(batch=batch.pk)
    assert {(change.key, change.action, change.by, change.why, change.number) for change in changes} == {
        ("Acme Optics", "import", registry_manager, "from the old list", 1),
        ("Zebra Lasers", "import", registry_manager, "from the old list", 1),
    }
    assert AuditEvent.objects.get(action="batch.apply").after["new"] == 2
    assert RegistryVersion.objects.get().number == 1
    again = bring(TABLE, registry_manager)
    assert (again.same, again.can_apply) == (2, False)


def test_undo_takes_everything_back_and_says_so_in_the_history(registry_manager):
    term_add(vocabulary="organizations", data={"name": "Acme Optics"}, aliases=["Old"], by=registry_manager)
    before = list(Term.objects.order_by("key").values("key", "data", "aliases", "search", "status", "identifier"))
    batch = undo(apply(bring(TABLE, registry_manager), registry_manager), registry_manager)
    assert batch.state == "undone"
    assert (
        list(Term.objects.order_by("key").values("key", "data", "aliases", "search", "status", "identifier")) == before
    )
    assert TermChange.objects.filter(batch=batch.pk, action="undo").count() == 2
    assert vocabulary("organizations").lookup("Zebra Lasers") is None


def test_undo_is_refused_as_a_whole_where_a_term_changed_or_is_used_since(registry_manager):
    batch = apply(bring(TABLE, registry_manager), registry_manager)
    zebra = Term.objects.get(key="Zebra Lasers")
    TermUse.objects.create(term=zebra, holder=TermUse.Holder.DRAFT, holder_id="1")
    refused = undo(batch, registry_manager)
    assert (refused.state, "In use" in refused.message, "Zebra Lasers" in refused.message) == ("applied", True, True)
    term_edit(term=Term.objects.get(key="Acme Optics"), aliases=["X"], reason="x", by=registry_manager)
    refused = undo(refused, registry_manager)
    assert "Changed since" in refused.message
    assert Term.objects.filter(stock=False).count() == 2


REFUSED = """name,abbreviation,registry,registry_identifier,other_names
Good Lab,,,,
Bad Id,,ROR,03cpe7c53,
,x,,,
Thorlabs,,ROR,03cpe7c52,
Good Lab,GL,,,
G\u043eod Lab,,,,
Taken,,,,Allen Institute
Hid\u200bden,,,,
Extra,,,,,,more
"""


def test_every_row_says_what_is_wrong_with_it_and_nothing_is_applied(registry_manager):
    load("organizations")
    batch = bring(REFUSED, registry_manager)
    rows = told(batch)
    assert rows[0] == (2, "new", "", "")
    for (number, state, field, message), (wanted_field, words) in zip(
        rows[1:],
        [
            ("registry_identifier", "check digits"),
            ("name", "which term"),
            ("registry_identifier", "comes with the standard"),
            ("", "Row 2 is about Good Lab"),
            ("", "looks like Good Lab in row 2"),
            ("aliases", "already names the term Allen Institute"),
            ("name", "U+200B"),
            ("", "more cells than"),
        ],
        strict=True,
    ):
        assert (state, field) == ("refused", wanted_field), number
        assert words in message
    assert not batch.can_apply
    with pytest.raises(Conflict):
        services.batch_apply_later(batch=batch, reason="", by=registry_manager)
    assert not Term.objects.filter(stock=False).exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,colour\nA,red", "“colour”"),
        ("abbreviation\nA", "no column “name”"),
        ("name,Name\nA,B", "Two columns"),
        ("name\n" + "x\n" * 20_001, "20,000"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_reason(text, words, registry_manager):
    batch = bring(text, registry_manager)
    assert batch.state == "refused"
    assert words in batch.message


def test_who_may_not_curate_brings_nothing_and_closed_lists_take_nothing(surgeon, registry_manager):
    with pytest.raises(NotAllowed):
        services.batch_bring(vocabulary="organizations", file_name="x.csv", content=b"name\nA", by=surgeon)
    with pytest.raises(NotAllowed):
        services.batch_bring(vocabulary="origin", file_name="x.csv", content=b"name\nA", by=registry_manager)
    with pytest.raises(BadFile):
        services.batch_bring(vocabulary="organizations", file_name="x.csv", content=b"", by=registry_manager)


@pytest.mark.parametrize("registry", ["organizations", "strains", "species", "harp-types", "protocols", "probe-model"])
def test_what_is_written_comes_back_unchanged(registry, registry_manager):
    load(registry)
    batch = bring(written(registry), registry_manager, registry)
    assert (batch.state, batch.same) == ("checked", len(vocabulary(registry).stock)), told(batch)[:3]


def test_words_of_an_open_list_come_in_by_table_too(registry_manager):
    batch = apply(bring("name\nNeuropixels 9.0", registry_manager, "probe-model"), registry_manager)
    assert (batch.state, batch.message) == ("applied", ""), told(batch)
    assert vocabulary("probe-model").find("Neuropixels 9.0").data == {"name": "Neuropixels 9.0"}


def test_a_workbook_comes_back_unchanged_too(registry_manager):
    load("species")
    declared = declaration("species")
    content = workbook("Species", rows_of(declared, Term.objects.of("species")), hints_of(declared))
    batch = services.batch_bring(vocabulary="species", file_name="s.xlsx", content=content, by=registry_manager)
    work.work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.same) == ("checked", 12), told(batch)[:3]


def test_a_registry_that_changed_since_the_check_is_compared_again_instead_of_written(registry_manager):
    batch = bring(TABLE, registry_manager)
    term_add(vocabulary="organizations", data={"name": "Acme Optics"}, by=registry_manager)
    services.batch_apply_later(batch=batch, reason="r", by=registry_manager)
    assert work.work_off() == 2
    batch.refresh_from_db()
    assert (batch.state, batch.new, batch.changed) == ("checked", 1, 1)
    assert "nothing was applied" in batch.message
    other = bring("name\nOther Lab", registry_manager)
    term_add(vocabulary="strains", data={"name": "FVB/NJ", "species": "Mus musculus"}, by=registry_manager)
    assert apply(other, registry_manager).state == "applied"


def test_work_that_died_is_taken_over_and_work_that_lives_is_left_alone(registry_manager):
    batch = services.batch_bring(
        vocabulary="organizations", file_name="x.csv", content=TABLE.encode(), by=registry_manager
    )
    claimed = work._claimed()
    assert claimed.pk == batch.pk
    assert work.work_off() == 0
    cache.delete(work._beat(claimed.claim))
    assert work.work_off() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.claim) == ("checked", None)


def test_a_fault_of_ours_leaves_the_table_as_it_was(registry_manager, monkeypatch):
    batch = bring(TABLE, registry_manager)

    def breaks(*args):
        raise RuntimeError("disk")

    monkeypatch.setattr(services, "changes_write", breaks)
    batch = apply(batch, registry_manager)
    assert (batch.state, "on our side" in batch.message) == ("checked", True)
    assert not Term.objects.filter(stock=False).exists()


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=pytest.mark.slow)])
def test_many_terms_cost_few_queries(count, registry_manager, django_assert_max_num_queries):
    table = "name,other_names\n" + "".join(f"Maker {number} of lenses,ML-{number}\n" for number in range(count))
    few = 40 + count // 12
    with django_assert_max_num_queries(few):
        batch = bring(table, registry_manager)
    assert batch.new == count
    with django_assert_max_num_queries(few):
        batch = apply(batch, registry_manager)
    assert Term.objects.filter(status="local").count() == TermChange.objects.filter(batch=batch.pk).count() == count
    with django_assert_max_num_queries(few):
        assert undo(batch, registry_manager).state == "undone"
    assert BatchRow.objects.count() == count


def test_the_labs_terms_are_written_as_the_standards_tables_hold_them():
    strain = {
        "name": "FVB/NJ",
        "species": "Mus musculus",
        "registry": "Mouse Genome Informatics (MGI)",
        "registry_identifier": "MGI:2163709",
    }
    assert upstream_rows("strains", [strain])[1] == [
        "Mus musculus",
        "NCBI",
        "NCBI:txid10090",
        "FVB/NJ",
        "MGI",
        "MGI:2163709",
        "House mouse",
    ]
    assert upstream_rows("organizations", [{"name": "Acme"}])[1] == ["Acme", "", "", ""]


def test_the_columns_to_propose_are_those_of_the_standards_own_tables():
    from metadata_portal.registries.bulk.exporting import UPSTREAM  # noqa: PLC0415
    from tests.conformance.peer import VENV  # noqa: PLC0415 - the one test that looks into it

    for file, columns, _ in UPSTREAM.values():
        [found] = VENV.rglob(f"aind_data_schema_models/_generators/models/{file}.csv")
        assert found.read_text(encoding="utf-8-sig").split("\n", 1)[0].strip().split(",") == list(columns)
