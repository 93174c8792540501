#!/usr/bin/env bash
# peer.sh DIR: put the standard's own package in a venv of its own, and write out the example files that it ships.
# They land in DIR/examples/<name>/<file>.json; the tests compare with both and never with a copy in the repository.
set -euo pipefail
dir=$1
here=$(cd "$(dirname "$0")" && pwd)
requirements=$here/../conformance/requirements-peer.txt
version=$(sed -n 's/^aind-data-schema==//p' "$requirements")

[ -x "$dir/bin/python" ] || bash "$here/venv.sh" "$dir"
pip="$dir/bin/python -m pip --disable-pip-version-check --quiet"
$pip install --no-deps -r "$requirements"
$dir/bin/python -m pip check

rm -rf "$dir/sdist" "$dir/examples"
mkdir -p "$dir/sdist"
$pip download --no-deps --no-binary aind-data-schema --dest "$dir/sdist" "aind-data-schema==$version"
tar -xzf "$dir/sdist/"*.tar.gz --strip-components=1 -C "$dir/sdist"
PYTHONHASHSEED=0 "$dir/bin/python" "$here/write_examples.py" "$dir/sdist/examples" "$dir/examples"
