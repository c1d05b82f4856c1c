#!/usr/bin/env bash
# Installs the servers beside PostgreSQL that the tests run against: PgBouncer, Redis and ClamAV's daemon from Debian, and a server that
# speaks S3 (the Versity gateway, Apache-2.0), built by Go. Run it as: npm run servers:install. Does nothing where all are there; none
# of them is started.
set -euo pipefail
unset CDPATH

fail() { printf 'deploy/install-servers.sh: %s\n' "$*" >&2; exit 1; }
has() { PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$1" > /dev/null; }

s3_module="github.com/versity/versitygw/cmd/versitygw@v1.8.0"
if ! has versitygw; then
  command -v go > /dev/null || fail "versitygw missing, and there is no Go >= 1.24 to build it with. Install Go, or put a versitygw on the PATH."
  [[ -w /usr/local/bin ]] || fail "versitygw missing, and only root may put it into /usr/local/bin. Run: sudo bash deploy/install-servers.sh"
  echo "Building versitygw (once, a few minutes) ..."
  GOBIN=/usr/local/bin GOFLAGS=-trimpath go install "$s3_module" 2> /tmp/versitygw-build.log || { tail -20 /tmp/versitygw-build.log >&2; fail "versitygw could not be built; see above. The Go module proxy must be reached once."; }
  echo "Installed: versitygw."
fi

missing=()
has pgbouncer || missing+=(pgbouncer)
has redis-server || missing+=(redis-server)
has clamd || missing+=(clamav-daemon)
if [[ ${#missing[@]} -eq 0 ]]; then
  echo "PgBouncer, Redis, clamd and versitygw are installed."
  exit 0
fi

command -v apt-get > /dev/null || fail "${missing[*]} missing, and this system has no apt-get. Install them with its own package manager, so that they are on the PATH."
[[ "$(id -u)" -eq 0 ]] || fail "${missing[*]} missing, and only root may install packages. Run: sudo bash deploy/install-servers.sh"

# Debian starts a service when it is installed, unless this file says no.
policy=/usr/sbin/policy-rc.d
if [[ ! -e "$policy" ]]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || fail "apt-get update failed; see above. The package servers must be reached once."
apt-get install -y -qq --no-install-recommends "${missing[@]}" || fail "${missing[*]} could not be installed; see above."
for program in "${missing[@]/clamav-daemon/clamd}"; do has "$program" || fail "$program was installed, and is not on the PATH."; done
echo "Installed: ${missing[*]}."
