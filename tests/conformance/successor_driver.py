"""Judge documents by the standard's successor, one JSON line in, one JSON line out. Runs in the successor's own venv.

``{"kind": "procedures", "document": {…}}`` is read and written by that kind's class, and answered with
``{"errors": [{"loc": […], "msg": "…"}], "json": {…} | null}``.
"""

import importlib
import json
import sys
import tempfile

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


def judge(kind: str, document: dict) -> dict:
    """Read a document and write its file, where a few of the refusals are."""
    cls = getattr(importlib.import_module(f"biodata_schema.core.{kind}"), CLASSES[kind])
    try:
        model = cls.model_validate_json(json.dumps(document))
        with tempfile.TemporaryDirectory() as folder:
            model.write_standard_file(output_directory=folder)
    except Exception as error:
        found = error.errors(include_url=False) if hasattr(error, "errors") else [{"loc": [], "msg": str(error)}]
        return {"errors": [{"loc": list(one["loc"]), "msg": one["msg"]} for one in found], "json": None}
    return {"errors": [], "json": json.loads(model.model_dump_json())}


for line in sys.stdin:
    print(json.dumps(judge(**json.loads(line))), flush=True)
