#!/usr/bin/env bash
# Installs the servers beside PostgreSQL that the tests run against: PgBouncer and Redis, from Debian.
# Run it as: npm run servers:install. Does nothing where both are there; none of them is started.
set -euo pipefail
unset CDPATH

fail() { printf 'deploy/install-servers.sh: %s\n' "$*" >&2; exit 1; }
has() { PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$1" > /dev/null; }

missing=()
has pgbouncer || missing+=(pgbouncer)
has redis-server || missing+=(redis-server)
if [[ ${#missing[@]} -eq 0 ]]; then
  echo "PgBouncer and Redis are installed."
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
for program in "${missing[@]}"; do has "$program" || fail "$program was installed, and is not on the PATH."; done
echo "Installed: ${missing[*]}."
