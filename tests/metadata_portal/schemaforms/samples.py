"""A surgery as a surgeon leaves it half-way, and posts to it."""

from __future__ import annotations

from typing import Any

from metadata_portal.schemaforms import depths, presets
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.editor import Editor, FormContext
from metadata_portal.schemaforms.posting import apply
from schema_core.components.coordinates import CoordinateSystem
from schema_core.introspect import describe
from tests.forms import Form, forms

SURGERY = "subject_procedures.0"
INJECTION = f"{SURGERY}.procedures.0"
CRANIOTOMY = f"{SURGERY}.procedures.1"


def depth(number: float) -> list[dict[str, Any]]:
    """Give a depth entry below one entry point."""
    entry = depths.seed()
    entry[0]["translation"] = [-2.5, 1.2, 0]
    entry[2]["translation"] = [0, 0, number]
    return entry


def surgery() -> Document:
    """Give a Procedures document with one surgery: an injection at two depths and a craniotomy."""
    document = {
        "object_type": "Procedures",
        "subject_id": "700001",
        "subject_procedures": [
            {
                "object_type": "Surgery",
                "start_date": "2026-03-02",
                "weight_unit": "gram",
                "notes": "one\ntwo",
                "global_coordinate_system": presets.fragment(describe(CoordinateSystem), "BREGMA_ARI"),
                "procedures": [
                    {
                        "object_type": "Brain injection",
                        "coordinate_system_name": "BREGMA_ARI",
                        "injection_materials": [
                            {"object_type": "Viral material", "name": "AAV1", "titer_unit": "gc/mL"}
                        ],
                        "dynamics": [
                            {"object_type": "Injection dynamics", "profile": "Bolus", "volume": 150.0},
                            {"object_type": "Injection dynamics", "profile": "Pulsed"},
                        ],
                        "coordinates": [depth(2.7), depth(2.9)],
                    },
                    {"object_type": "Craniotomy", "craniotomy_type": "Circle", "size": 1.5},
                ],
            }
        ],
    }
    return Document(document).with_ids()


def page(kind: str, document: Document, at: str = "", problems=()) -> Editor:
    """Open a document at an address."""
    return Editor(kind, document.json, document.item_ids, problems, at, FormContext(save_url="/save/"))


def form_at(kind: str, document: Document, node: str, at: str | None = None) -> Form:
    """Give the form of a node as the page draws it."""
    drawn = forms(page(kind, document, node if at is None else at).drawn)
    return next(form for form in drawn if dict(form.fields).get("at") == node and "digest" in dict(form.fields))


def send(kind: str, document: Document, form: Form, do: str = "save", **changes: str) -> Document:
    """Post a form with some controls changed, named by address (dots as two underscores), and give the document."""
    named = {form.paths[path.replace("__", ".")]: text for path, text in changes.items()}
    edited = apply(kind, document.json, document.item_ids, form.data(**named, do=do))
    return Document(edited.document, edited.item_ids)


def change(document: Document, node: str, texts: dict[str, str], do: str = "save") -> Document:
    """Open a node of procedures, change these controls by their last step, and save."""
    form = form_at("procedures", document, node)
    named = {form.paths[f"{node}.{key}" if node else key]: text for key, text in texts.items()}
    edited = apply("procedures", document.json, document.item_ids, form.data(**named, do=do))
    return Document(edited.document, edited.item_ids)
