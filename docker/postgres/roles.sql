-- The two roles of the access wall (docs/decisions). Neither owns anything, neither may step
-- round row-level security. Run by a superuser, as often as you like.
--   recurrent_app      every request, job and command of the service
--   recurrent_release  a commissioner's request: release tables only
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['recurrent_app', 'recurrent_release'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
        EXECUTE format(
            'ALTER ROLE %I NOSUPERUSER NOINHERIT NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION', wanted
        );
    END LOOP;
END
$$;

-- The service steps down from the first role to the second for a commissioner. It does not
-- inherit from it, or the commissioner's row policies would be asked for everyone.
GRANT recurrent_release TO recurrent_app;

-- A page asks many tables in one statement (decision 22), which looks dear enough to compile; it
-- reads a few rows of each, and compiling takes longer than the answer.
ALTER ROLE recurrent_app SET jit = off;
