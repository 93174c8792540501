"""Answer questions about the peer package, one JSON line in, one JSON line out. Runs in the peer's own venv.

``{"kind": "procedures", "document": "<JSON text>"}`` is judged by the class of that kind (or of that address, as in
``components.devices.Camera``) and answered with
``{"valid": bool, "errors": [{"loc", "type", "msg"}], "warnings": [...], "json": "<as the class writes it>" | null}``.
With ``"files": true`` the answer for a record lists in ``"refused"`` the core files that their own classes refuse.
``{"code": "..."}`` runs Python and answers ``{"result": ...}``: the value that the code binds to ``result``.
"""

import importlib
import json
import logging
import sys
import traceback
import warnings

CLASSES = {
    "subject": "Subject",
    "data_description": "DataDescription",
    "procedures": "Procedures",
    "instrument": "Instrument",
    "acquisition": "Acquisition",
    "processing": "Processing",
    "quality_control": "QualityControl",
    "model": "Model",
    "metadata": "Metadata",
}


def judge(kind: str, document: str) -> dict:
    """Say what the class of this kind makes of the document."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            model = class_of(kind).model_validate_json(document)
        except Exception as error:
            return {"valid": False, "errors": complaints(error), "warnings": texts(caught), "json": None}
        try:
            written, errors = model.model_dump_json(), []
        except Exception as error:
            written, errors = None, complaints(error)
    return {"valid": True, "errors": errors, "warnings": texts(caught), "json": written}


def class_of(kind: str) -> type:
    """The class of a kind of core file, or the one at an address like `components.devices.Camera`."""
    module, _, name = kind.rpartition(".") if "." in kind else (f"core.{kind}", "", CLASSES[kind])
    return getattr(importlib.import_module(f"aind_data_schema.{module}"), name)


def refused(document: str) -> list:
    """Say which core files of a record their own classes refuse."""
    files = json.loads(document)
    held = {name: files[name] for name in CLASSES if name in files and files[name] is not None}
    return [name for name, file in held.items() if not judge(name, json.dumps(file))["valid"]]


def complaints(error: Exception) -> list:
    """Return the errors of a ValidationError, or the crash itself and the function that it came from."""
    if hasattr(error, "errors"):
        return json.loads(error.json(include_url=False, include_context=False, include_input=False))
    frames = [frame.name for frame in traceback.extract_tb(error.__traceback__) if "aind_data_schema" in frame.filename]
    return [{"loc": frames[-1:], "type": f"crash:{type(error).__name__}", "msg": str(error)}]


def texts(caught: list) -> list:
    """Return the messages of the warnings that were caught."""
    return [str(warning.message) for warning in caught]


def answer(question: dict) -> dict:
    """Answer one question."""
    if "code" in question:
        names = {"json": json}
        exec(question["code"], names)
        return {"result": names.get("result")}
    verdict = judge(question["kind"], question["document"])
    if question["kind"] == "metadata" and question.get("files"):
        verdict["refused"] = refused(question["document"])
    return verdict


logging.disable(logging.CRITICAL)
for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:
        reply = {"crash": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
