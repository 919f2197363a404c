#!/usr/bin/env bash
# Install Debian packages when root; otherwise say plainly what is missing and what that turns off.
set -uo pipefail

turns_off() {
  case $1 in
    chromium) echo "page captures (everything else works; captures say capture_unavailable)" ;;
    fonts-noto-cjk) echo "readable Chinese in captures" ;;
    postgresql) echo "the tests on PostgreSQL" ;;
    openssl) echo "the tests with a time-stamp authority" ;;
    apksigner|aapt) echo "the comparison of our signature verifier with Android's own tools" ;;
    *) echo "what needs it" ;;
  esac
}

have() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

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
  have "$package" || echo "zhengben: $package is missing, which turns off $(turns_off "$package"); as root: apt-get install $package" >&2
done
exit 0
