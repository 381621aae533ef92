#!/usr/bin/env bash
# Run once, on an empty database server, after roles.sql. Two logins: the owner of the tables, for
# migrations only, and the application's role, which owns nothing.
set -euo pipefail

psql --set ON_ERROR_STOP=1 --quiet --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
CREATE ROLE recurrent_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE
    PASSWORD :'owner_password';
ALTER ROLE recurrent_app LOGIN PASSWORD :'app_password';
CREATE DATABASE recurrent OWNER recurrent_owner;
REVOKE ALL ON DATABASE recurrent FROM PUBLIC;
GRANT CONNECT ON DATABASE recurrent TO recurrent_app;
SQL
