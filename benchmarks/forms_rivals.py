"""The rivals' pages: installed from npm, bundled for production, served compressed from loopback."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.e2e.portal import ROOT, free_port, wait_until_it_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCES = ROOT / "benchmarks" / "rivals"
INSTALLED = ROOT / ".var-rivals"
RIVALS = {
    "JSONForms": "jsonforms.jsx",
    "JSONForms plain": "jsonforms_vanilla.jsx",
    "json-editor": "json_editor.js",
    "rjsf": "rjsf.jsx",
}
# The plain renderers of JSONForms draw no alternatives: of procedures and devices they show empty lines, so the page is
# no form of these documents. It is shown beside the others and not counted.
COUNTED = tuple(rival for rival in RIVALS if rival != "JSONForms plain")
BUNDLE = ("--bundle", "--minify", "--format=esm", "--target=es2022", "--jsx=automatic")
PRODUCTION = '--define:process.env.NODE_ENV="production"'

# What a page asks for is told at once, so that nothing waits for the script that reads it.
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="preload" href="schema.json" as="fetch" crossorigin>
<link rel="preload" href="document.json" as="fetch" crossorigin>
<div id="form"></div>
<script type="module" src="/{script}"></script>
</html>
"""
BLANK = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Blank</title>
<link rel="icon" href="data:,">
<div id="form"><input type="text"></div>
</html>
"""


def install() -> None:
    """Install what the rivals need, exact versions, unless it is there; never into the repository's own files."""
    INSTALLED.mkdir(exist_ok=True)
    wanted = (SOURCES / "package.json").read_text(encoding="utf-8")
    made = INSTALLED / "made.json"
    if not made.exists() or made.read_text(encoding="utf-8") != wanted:
        (INSTALLED / "package.json").write_text(wanted, encoding="utf-8")
        _run("npm", "install", "--no-audit", "--no-fund", "--loglevel=error")
        made.write_text(wanted, encoding="utf-8")


def build(folder: Path, schemas: dict[str, Any], documents: dict[str, Any]) -> None:
    """Write into the folder a page of each rival for each document, the blank page, and all of it compressed."""
    for source in SOURCES.glob("*.js*"):
        shutil.copy(source, INSTALLED)
    for source in RIVALS.values():
        _run("node_modules/.bin/esbuild", source, *BUNDLE, PRODUCTION, f"--outfile={folder / script(source)}")
    for rival, source in RIVALS.items():
        for name, document in documents.items():
            place = folder / stem(source) / name
            place.mkdir(parents=True)
            (place / "index.html").write_text(PAGE.format(title=rival, script=script(source)), encoding="utf-8")
            (place / "schema.json").write_text(_compact(schemas[name]), encoding="utf-8")
            (place / "document.json").write_text(_compact(document), encoding="utf-8")
    (folder / "blank").mkdir()
    (folder / "blank" / "index.html").write_text(BLANK, encoding="utf-8")
    for file in [path for path in folder.rglob("*") if path.is_file()]:
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 9))


def address(rival: str, document: str) -> str:
    """Give the path of a rival's page."""
    return f"/{stem(RIVALS[rival])}/{document}/"


def stem(source: str) -> str:
    """Name a rival by its file."""
    return Path(source).stem


def script(source: str) -> str:
    """Name a rival's bundle."""
    return f"{stem(source)}.js"


@contextlib.contextmanager
def served(above: Path, schemas: dict[str, Any], documents: dict[str, Any]) -> Iterator[str]:
    """Serve the rivals' pages as our own portal serves its files, WhiteNoise under gunicorn; give the address."""
    folder = above / "rivals"
    folder.mkdir()
    install()
    build(folder, schemas, documents)
    port = free_port()
    bind = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", *bind, "benchmarks.forms_rivals:application()"]
    log = above / "rivals.log"
    with log.open("w") as output:
        environment = os.environ | {"BENCH_FOLDER": str(folder)}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def application() -> Any:
    """Give the WSGI application that serves the folder, compressed."""
    from whitenoise import WhiteNoise  # noqa: PLC0415 - only the server needs it

    return WhiteNoise(_no_page, root=os.environ["BENCH_FOLDER"], index_file=True, max_age=0)


def _no_page(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
    is_health = environ["PATH_INFO"] == "/health/"
    start_response("200 OK" if is_health else "404 Not Found", [("Content-Type", "text/plain")])
    return iter([b""])


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=INSTALLED, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:2])} failed:\n{done.stdout}\n{done.stderr}")
