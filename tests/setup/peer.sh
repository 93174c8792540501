#!/usr/bin/env bash
# peer.sh DIR PACKAGE REQUIREMENTS: put a package of the standard in a venv of its own, and write out the example files
# that it ships. They land in DIR/examples/<name>/<file>.json; the tests compare with both and never with a copy in the
# repository.
set -euo pipefail
dir=$1
package=$2
requirements=$3
here=$(cd "$(dirname "$0")" && pwd)
version=$(sed -n "s/^$package==//p" "$requirements")

[ -x "$dir/bin/python" ] || bash "$here/venv.sh" "$dir"
pip="$dir/bin/python -m pip --disable-pip-version-check --quiet"
$pip install --no-deps -r "$requirements"
$dir/bin/python -m pip check

rm -rf "$dir/sdist" "$dir/examples"
mkdir -p "$dir/sdist"
$pip download --no-deps --no-binary "$package" --dest "$dir/sdist" "$package==$version"
tar -xzf "$dir/sdist/"*.tar.gz --strip-components=1 -C "$dir/sdist"
PYTHONHASHSEED=0 "$dir/bin/python" "$here/write_examples.py" "$dir/sdist/examples" "$dir/examples"
