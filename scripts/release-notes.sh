#!/usr/bin/env bash
# Prints the section of CHANGELOG.md for a version: release-notes.sh 1.0.0. Fails if there is none, or nothing in it.
set -euo pipefail
notes=$(awk -v version="${1:?a version, such as 1.0.0}" '
  /^## / { inside = ($2 == version); next }
  inside { print }
' "$(dirname "$0")/../CHANGELOG.md")
if [ -z "${notes//[[:space:]]/}" ]; then
  echo "::error::CHANGELOG.md has no section ## $1, or nothing in it." >&2
  exit 1
fi
printf '%s\n' "$notes"
