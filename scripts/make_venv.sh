#!/bin/sh
# Make a virtual environment with this project and all its extras, at the locked versions.
# usage: make_venv.sh FOLDER CONSTRAINTS     PYTHON=... chooses the interpreter
set -eu
folder=$1 constraints=$2

find_python() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "This needs Python 3.11 or later. Install one (Debian: apt-get install python3), or name it: make setup PYTHON=/path/to/python3.11" >&2
    exit 1
}

# Debian's python3 comes without ensurepip: any of these serves in its place
make_environment() {
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        "$python" -m venv --clear "$folder"
    elif command -v uv >/dev/null; then
        uv venv -q --clear --seed --python "$python" "$folder"
    elif "$python" -m virtualenv --version >/dev/null 2>&1; then
        "$python" -m virtualenv -q --clear "$folder"
    elif "$python" -m pip --version >/dev/null 2>&1; then
        rm -rf "$folder"
        "$python" -m venv --without-pip "$folder"
        "$python" -m pip --python "$folder/bin/python" install -q pip
    else
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "$python has neither ensurepip nor pip, so no virtual environment can be made." >&2
        echo "  → Debian and Ubuntu: apt-get install python$version-venv      then run make again" >&2
        exit 1
    fi
}

# an environment that is there is brought up to date, never emptied: somebody may be using it
if ! "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    echo "making $folder with $("$python" --version) (a minute or two the first time)"
    make_environment
fi
"$folder/bin/python" -m pip install -q --disable-pip-version-check -c "$constraints" -e '.[lab,fleet,kestra,test]'
"$folder/bin/python" -m pip check
