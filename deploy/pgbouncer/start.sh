#!/bin/sh
# Writes PgBouncer's settings, with the one login that it lets through, into a folder in memory, then becomes PgBouncer.
# Connections are handed out by the transaction: OSSS sets role and caller for each transaction, and prepares nothing under a name.
set -eu
: "${OSSS_APP_PASSWORD:?set OSSS_APP_PASSWORD}"
login="${OSSS_APP_LOGIN:-osss_app}"
folder="${PGBOUNCER_FOLDER:-/run/pgbouncer}"
umask 077

printf '"%s" "%s"\n' "$login" "$(printf %s "$OSSS_APP_PASSWORD" | sed 's/"/""/g')" > "$folder/logins"
cat > "$folder/pgbouncer.ini" <<SETTINGS
[databases]
osss = host=${POSTGRES_HOST:-postgres} port=${POSTGRES_PORT:-5432} dbname=${POSTGRES_DATABASE:-osss}

[pgbouncer]
listen_addr = ${PGBOUNCER_ADDRESS:-0.0.0.0}
listen_port = ${PGBOUNCER_PORT:-6432}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $folder/logins
pool_mode = transaction
max_client_conn = 1000
default_pool_size = ${PGBOUNCER_POOL_SIZE:-40}
query_wait_timeout = 5
idle_transaction_timeout = 60
server_idle_timeout = 300
server_login_retry = 1
log_connections = 0
log_disconnections = 0
SETTINGS

exec pgbouncer "$folder/pgbouncer.ini"
