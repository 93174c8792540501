"""What no browser sends: paths, texts, orders and bodies that are refused without a trace."""

from urllib.parse import urlencode

import pytest

from tests.metadata_portal.entries.documents import procedures
from tests.metadata_portal.entries.pages import SURGERY, node_form, send, url

HOSTILE_TEXT = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff",
    "\ufffe",
    "\u202e",
    "\u2066",
    "\x07",
    "x" * 200_001,
]
HOSTILE_AT = [
    "subject_procedures.999999999",
    "subject_procedures.-1",
    "subject_procedures.+1",
    "subject_procedures.1_0",
    "subject_procedures.٣",
    "subject_procedures.01",
    "subject_procedures.7",
    "subject_procedures." + "9" * 5000,
    "__class__.__init__",
    "../../etc/passwd",
    "subject_procedures.0.nothing",
    "subject_procedures.0.__dict__",
    "a[]",
    "%2e%2e",
    "~2",
    ".",
    "." * 100,
    ".".join(["subject_procedures"] * 60),
    "x" * 400,
    "\x00",
    "\ud800",
]


@pytest.mark.parametrize("at", HOSTILE_AT)
def test_a_path_that_leads_nowhere_is_refused_and_nothing_changes(client, make_draft, surgeon, at):
    draft = make_draft()
    query = urlencode({"at": at}, errors="surrogatepass")
    asked = client.get(f"{url('record-edit', draft.record)}?{query}")
    assert asked.status_code in {200, 400, 404, 422}
    form = node_form(client, draft.record)
    answer = send(client, url("record-edit", draft.record), form.data(at=at, node="", do="save"))
    assert answer.status_code in {400, 404, 409, 422}
    draft.refresh_from_db()
    assert (draft.version, draft.data) == (1, procedures())


@pytest.mark.parametrize("text", HOSTILE_TEXT, ids=lambda text: repr(text[:10]))
def test_text_that_cannot_be_kept_is_refused_and_nothing_changes(client, make_draft, text):
    draft = make_draft()
    form = node_form(client, draft.record)
    data = form.data(**{form.paths[f"{SURGERY}.notes"]: text}, do="save")
    answer = send(client, url("record-edit", draft.record), data)
    draft.refresh_from_db()
    assert (answer.status_code in {400, 413, 422}, draft.version) == (True, 1)


@pytest.mark.parametrize("text", HOSTILE_TEXT[:-1], ids=repr)
def test_hostile_search_keys_and_reasons_get_a_4xx_or_find_nothing(client, submitted, project, text):
    query = urlencode({"q": text, "page": text, "key": text, "project": text}, errors="surrogatepass")
    assert client.get(f"/records/?{query}").status_code in {200, 400}
    assert client.get(f"/records/subject/new/?{query}").status_code in {200, 400}
    key = send(client, "/records/subject/new/", {"key": text, "project": project.pk})
    assert key.status_code in {400, 422}
    reason = send(client, url("record-withdraw", submitted), {"reason": text, "version": 1})
    assert reason.status_code in {400, 422}
    assert submitted.current_revision() is not None


@pytest.mark.parametrize(
    "data",
    [
        {"do": "add:Nothing"},
        {"do": "explode"},
        {"do": "choose:__class__"},
        {"do": "preset:../x"},
        {"do": "remove", "at": ""},
        {"do": "\u202e"},
        {"unknown-field": "x"},
        {"n-notes-999999999": "x"},
        {"seen": "[" * 5000, "digest": "0"},
        {"seen": "[1]", "digest": "0"},
        {"seen": '{"a": 1}', "digest": "0"},
        {"node": "x" * 400},
    ],
    ids=str,
)
def test_orders_that_no_form_gives_are_refused(client, make_draft, data):
    draft = make_draft()
    form = node_form(client, draft.record)
    answer = client.post(url("record-edit", draft.record), form.data(**data))
    assert answer.status_code in {400, 404, 409, 422}
    draft.refresh_from_db()
    assert draft.data == procedures()


def test_a_body_of_ten_megabytes_or_a_thousand_fields_is_refused(client, make_draft):
    draft = make_draft()
    form = node_form(client, draft.record)
    notes = form.paths[f"{SURGERY}.notes"]
    big = client.post(url("record-edit", draft.record), form.data(**{notes: "x" * 10_000_000}))
    many = client.post(url("record-edit", draft.record), form.data(**{f"{notes}-{n}": "x" for n in range(1001)}))
    assert (big.status_code in {400, 413}, many.status_code in {400, 413}) == (True, True)
    draft.refresh_from_db()
    assert draft.version == 1


@pytest.mark.parametrize("address", ["00000000-0000-0000-0000-000000000000", "x", "1"])
def test_unknown_records_and_revisions_are_not_found(client, submitted, address):
    for rest in ("", "edit/", "history/", "submit/", "draft.json"):
        assert client.get(f"/records/{address}/{rest}").status_code == 404
    for number in ("0", "2", "99999999999999999999", "-1"):
        assert client.get(f"/records/{submitted.pk}/revisions/{number}.json").status_code == 404
        assert client.get(f"/records/{submitted.pk}/revisions/{number}/").status_code == 404
