#!/usr/bin/env bash
# The Python programs that the tests start (tests/python/requirements.in), in a folder of their own: .python.
#
#   scripts/python.sh install    as locked: the named versions, each with its hash
#   scripts/python.sh lock       writes the locks anew from the .in files
set -euo pipefail
cd "$(dirname "$0")/.."
venv=.python

install() {
  rm -rf "$venv"
  python3 -m venv "$venv"
  # Hashes are asked for and building is not isolated, so nothing comes in that is not named in the locks.
  local pip=("$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes)
  "${pip[@]}" -r tests/python/build-tools.txt
  "${pip[@]}" --no-build-isolation -r tests/python/requirements.txt
}

lock() {
  tools=$(mktemp -d)
  trap 'rm -rf "$tools"' EXIT
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check pip-tools==7.6.2
  for name in build-tools requirements; do
    # the lock names packages, versions and hashes; where to download them from is the matter of whoever installs
    (cd tests/python && CUSTOM_COMPILE_COMMAND='make python-lock' "$tools/bin/pip-compile" --quiet --generate-hashes --allow-unsafe --strip-extras \
      --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file "$name.txt" "$name.in")
  done
}

case ${1:-} in
  install) install ;;
  lock) lock ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
