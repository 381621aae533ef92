-- How PostgreSQL asks the rule view. Functions, so that the plan of that long view is made once
-- a connection, not once a statement: 90 ms each time became a fraction of one (decision 0005).
-- All raise when nobody is acting: the setting is not there.
CREATE FUNCTION access_parents (asked text, writing boolean) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me uuid := current_setting('app.user_id');
    figures boolean := current_setting('app.reading') = 'figures';
BEGIN
    IF figures AND writing THEN RETURN; END IF;
    RETURN QUERY SELECT v.parent_id FROM access_visible v
        WHERE v.user_id = me
          AND v.part = CASE WHEN figures THEN 'figures' ELSE asked END
          AND (NOT writing OR v.can_write = 1);
END $$;
CREATE FUNCTION access_pairs (asked text, writing boolean)
RETURNS TABLE (parent_id uuid, programme_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me uuid := current_setting('app.user_id');
    figures boolean := current_setting('app.reading') = 'figures';
BEGIN
    IF figures AND writing THEN RETURN; END IF;
    RETURN QUERY SELECT v.parent_id, v.programme_id FROM access_visible v
        WHERE v.user_id = me
          AND v.part = CASE WHEN figures THEN 'figures' ELSE asked END
          AND (NOT writing OR v.can_write = 1);
END $$;
-- A child is seen with any parent whose part is; the link itself need not be.
CREATE FUNCTION access_children (asked text, writing boolean) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT l.child_id FROM programme_parentchild l
        -- IS TRUE: worked out once, not joined and asked again for every link.
        WHERE (l.parent_id IN (SELECT access_parents(asked, writing))) IS TRUE;
END $$;
CREATE FUNCTION access_parts (asked uuid)
RETURNS TABLE (part text, programme_id uuid, can_write integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me uuid := current_setting('app.user_id');
BEGIN
    RETURN QUERY SELECT v.part::text, v.programme_id, v.can_write FROM access_visible v
        WHERE v.user_id = me AND v.parent_id = asked AND v.part <> 'figures';
END $$;
-- After many rows at once: plans made while the tables were nearly empty would take minutes.
-- Only a table's owner may count its rows anew, and the application's role owns nothing.
CREATE FUNCTION access_count_rows_anew () RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    counted text;
BEGIN
    FOR counted IN
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind = 'r' AND starts_with(c.relname, 'programme_')
    LOOP
        EXECUTE format('ANALYZE %I', counted);
    END LOOP;
END $$;
