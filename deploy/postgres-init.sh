#!/bin/bash
# Runs once, when the database folder is empty: the role that migrates OSSS, with its database, and Keycloak's.
# OSSS makes its own login (osss_app) and its nologin roles when it migrates.
set -euo pipefail

psql -v ON_ERROR_STOP=1 -v osss_password="$OSSS_ADMIN_PASSWORD" -v keycloak_password="$KEYCLOAK_DB_PASSWORD" \
  --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE osss_admin LOGIN CREATEROLE PASSWORD :'osss_password';
CREATE DATABASE osss OWNER osss_admin TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8';
CREATE ROLE keycloak LOGIN PASSWORD :'keycloak_password';
CREATE DATABASE keycloak OWNER keycloak;
REVOKE CONNECT ON DATABASE keycloak FROM PUBLIC;
SQL
