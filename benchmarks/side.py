"""One side of the benchmark of the standard: does in either environment what it is asked for, says how long it took.

    python benchmarks/side.py PACKAGE start KIND FOLDER     import and first validation, once: seconds and kB
    python benchmarks/side.py PACKAGE answer FOLDER         answers lines `NAME KIND JOB` with seconds a call
    python benchmarks/side.py PACKAGE schemas               the JSON Schemas of all kinds

PACKAGE is `schema_core`, `aind_data_schema`, or `bare` for the models of schema_core without their rules. Seconds are
processor time: what else the machine does meanwhile does not count.
"""

from __future__ import annotations

import gc
import importlib
import json
import resource
import sys
import time
import warnings
from functools import cache
from pathlib import Path
from typing import Any

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
BATCH_S = 0.01
FEWEST = 5


def class_of(package: str, kind: str) -> Any:
    return getattr(importlib.import_module(f"{package}.core.{kind}"), CLASSES[kind])


def without_rules() -> None:
    """From now on models hold only what Pydantic itself checks."""
    from schema_core import base  # noqa: PLC0415 - the other side has no such package

    base.after_of = base.prepare_of = lambda _: None


def start(package: str, kind: str, folder: str) -> dict[str, float]:
    document = json.loads((Path(folder) / f"{kind}.json").read_text(encoding="utf-8"))
    class_of(package, kind).model_validate(document)
    return {"s": time.process_time(), "kB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


class Timed:
    """A document, and what is timed on it."""

    def __init__(self, package: str, folder: str, name: str, kind: str) -> None:
        self._package, self._kind = package, kind
        self._document = json.loads((Path(folder) / f"{name}.json").read_text(encoding="utf-8"))
        self._class = class_of("schema_core" if package == "bare" else package, kind)
        self._model = None

    def validate(self) -> None:
        self._class.model_validate(self._document)

    def dump(self) -> None:
        if self._model is None:
            self._model = self._class.model_validate(self._document)
        self._model.model_dump_json()

    def judge(self) -> None:
        """Everything that is wrong with the document; of the peer, what it says first."""
        if self._package == "schema_core":
            from schema_core import validate  # noqa: PLC0415 - as above

            validate(self._document, self._kind)
        else:
            try:
                self.validate()
            except Exception:  # noqa: BLE001 - the peer crashes over some broken documents
                return


def seconds_a_call(job: Any) -> float:
    """The fastest of at least five calls and a hundredth of a second: what disturbed the others is not the job's."""
    calls = []
    while len(calls) < FEWEST or sum(calls) < BATCH_S:
        begun = time.process_time()
        job()
        calls.append(time.process_time() - begun)
    return min(calls)


def answer(package: str, folder: str) -> None:
    import logging  # noqa: PLC0415 - whoever only starts is not charged for it

    logging.disable()
    if package == "bare":
        without_rules()

    @cache
    def timed(name: str, kind: str, job: str) -> Any:
        """A job, warmed up; the garbage collector is not to go through what earlier jobs left."""
        ready = getattr(Timed(package, folder, name, kind), job)
        ready()
        gc.collect()
        gc.freeze()
        return ready

    for line in sys.stdin:
        print(seconds_a_call(timed(*line.split())), flush=True)


def schemas(package: str) -> None:
    print(json.dumps({kind: class_of(package, kind).model_json_schema() for kind in CLASSES}))


def main() -> None:
    warnings.simplefilter("ignore")
    package, task, *rest = sys.argv[1:]
    match task:
        case "start":
            print(json.dumps(start(package, *rest)))
        case "answer":
            answer(package, *rest)
        case "schemas":
            schemas(package)


if __name__ == "__main__":
    main()
