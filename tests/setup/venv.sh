#!/bin/sh
# Makes the virtual environment $1 with Python 3.11 or newer ($2, or the first one found), unless it is there and works.
set -eu
venv=$1

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if [ -x "$venv/bin/python" ] && fits "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi

python=
for name in ${2:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if fits "$name"; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    found=${2:+"$2 is not"}
    echo "Readerly needs Python 3.11 or newer, and ${found:-none is on the PATH}: install it, or name one with make PYTHON=/path/to/python3." >&2
    exit 1
fi

# Debian and Ubuntu leave venv's other half to a package of its own.
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    package=$("$python" -c 'import sys; print(f"python3.{sys.version_info.minor}-venv")')
    as=
    [ "$(id -u)" = 0 ] || as="sudo -n"
    if command -v apt-get >/dev/null 2>&1 && $as true 2>/dev/null; then
        echo "Installing $package, which this Python lacks"
        $as apt-get update -qq && $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null || true
    fi
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        echo "$python cannot make a virtual environment: on Debian and Ubuntu, 'apt-get install $package' brings what is missing." >&2
        exit 1
    fi
fi

rm -rf "$venv"
"$python" -m venv "$venv"
