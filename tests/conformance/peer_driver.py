"""Answer questions about the peer package, one JSON line in, one JSON line out. Runs in the peer's own venv.

``{"kind": "procedures", "document": "<JSON text>"}`` is judged by that kind's class and answered with
``{"valid": bool, "errors": [{"loc", "type", "msg"}], "warnings": [...], "json": "<as the class writes it>" | null}``.
``{"code": "..."}`` runs Python and answers ``{"result": ...}``: the value that the code binds to ``result``.
"""

import importlib
import json
import sys
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
    module = importlib.import_module(f"aind_data_schema.core.{kind}")
    cls = getattr(module, CLASSES[kind])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            model = cls.model_validate_json(document)
        except Exception as error:
            return {"valid": False, "errors": complaints(error), "warnings": texts(caught), "json": None}
        written = model.model_dump_json()
    return {"valid": True, "errors": [], "warnings": texts(caught), "json": written}


def complaints(error: Exception) -> list:
    """Return the errors of a ValidationError, or the crash itself."""
    if hasattr(error, "errors"):
        return json.loads(error.json(include_url=False, include_context=False, include_input=False))
    return [{"loc": [], "type": f"crash:{type(error).__name__}", "msg": str(error)}]


def texts(caught: list) -> list:
    """Return the messages of the warnings that were caught."""
    return [str(warning.message) for warning in caught]


def answer(question: dict) -> dict:
    """Answer one question."""
    if "code" in question:
        names = {"json": json}
        exec(question["code"], names)
        return {"result": names.get("result")}
    return judge(question["kind"], question["document"])


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:
        reply = {"crash": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
