#!/usr/bin/env bash
# Runs a command unless it has already succeeded on the very same files.
#
#   scripts/once.sh NAME [-o OUTPUT]... INPUT... -- COMMAND...
#
# INPUT is a file or a directory (everything in it counts). The decision is made on content, not on dates: a fresh
# clone, a changed branch and a touched file would fool a date. When an OUTPUT is missing the command runs anyway.
set -euo pipefail
cd "$(dirname "$0")/.."

name=$1
shift
inputs=() outputs=()
while [ "$1" != -- ]; do
  case $1 in
    -o) outputs+=("$2"); shift 2 ;;
    *) inputs+=("$1"); shift ;;
  esac
done
shift

hash_inputs() {
  for input in "${inputs[@]}"; do
    if [ -e "$input" ]; then
      find "$input" -type f -not -path '*/node_modules/*' -not -path '*/target/*' -print0
    fi
  done | LC_ALL=C sort -zu | xargs -0 -r sha256sum
  # the command itself and the tools that it uses are inputs too
  printf '%s\n' "$*" "$(node --version)" "$(rustc --version 2>/dev/null || true)"
}

stamp=.make/$name
wanted=$(hash_inputs "$@" | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
  done=yes
  for output in "${outputs[@]}"; do [ -e "$output" ] || done=no; done
  [ $done = no ] || exit 0
fi

printf '\n== build: %s\n' "$name"
rm -f "$stamp"
"$@"
mkdir -p .make
printf '%s\n' "$wanted" >"$stamp"
