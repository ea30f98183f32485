#!/usr/bin/env bash
# Write the requirement files: exact versions with hashes, no index address. Needs uv; run by hand when dependencies change.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --only-binary :all: --generate-hashes --python-version 3.11 --no-header \
    --no-emit-index-url --no-emit-find-links --no-annotate --override requirements/override.in "$@"; }
compile pyproject.toml -o requirements/base.txt
compile requirements/build.in -o requirements/build.txt
compile requirements/node.in -o requirements/node.txt
compile pyproject.toml requirements/dev.in -c requirements/base.txt -o requirements/dev.txt
