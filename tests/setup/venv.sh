#!/usr/bin/env bash
# venv.sh DIR: make a virtual environment, installing Debian's venv package where Python came without it.
set -euo pipefail
dir=$1
python=${PYTHON:-$(command -v python3.11 || command -v python3)}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed; $python is $("$python" --version)." >&2
    exit 1
}

if ! "$python" -m venv "$dir" >/dev/null 2>&1; then
    sudo=$([ "$(id -u)" = 0 ] || echo sudo)
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    rm -rf "$dir"
    $sudo apt-get update -qq
    $sudo apt-get install -y -qq "$version-venv" || $sudo apt-get install -y -qq python3-venv
    "$python" -m venv "$dir"
fi
