#!/usr/bin/env bash
# Install Debian packages when root; otherwise say plainly what is missing and what that turns off.
set -uo pipefail

turns_off() {
  case $1 in
    chromium) echo "page captures (everything else works; captures say capture_unavailable)" ;;
    fonts-noto-cjk) echo "readable Chinese in captures" ;;
    postgresql) echo "the tests on PostgreSQL" ;;
    openssl) echo "the tests with a time-stamp authority" ;;
    python3-venv) echo "everything: Python packages have no place to go" ;;
    apksigner|aapt) echo "the comparison of our signature verifier with Android's own tools" ;;
    *) echo "what needs it" ;;
  esac
}

# where there is no dpkg, what a package brings is looked for itself
brings() {
  case $1 in
    fonts-noto-cjk) fc-list :lang=zh 2>/dev/null | grep -q . ;;
    postgresql) command -v postgres >/dev/null || command -v initdb >/dev/null ;;
    python3-venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

have() {
  if command -v dpkg-query >/dev/null; then
    dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'
  else
    brings "$1"
  fi
}

how() {
  if command -v apt-get >/dev/null; then echo "as root: apt-get install $1"
  else echo "install it with this system's own package manager"; fi
}

missing=()
for package in "$@"; do
  have "$package" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing system packages: ${missing[*]} ..."
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null 2>&1 || true
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 || true
fi
for package in "${missing[@]}"; do
  have "$package" || echo "zhengben: $package is missing, which turns off $(turns_off "$package"); $(how "$package")" >&2
done
exit 0
