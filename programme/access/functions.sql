-- How PostgreSQL asks the rule view. Functions, so that the plan of that long view is made once
-- a connection, not once a statement: 90 ms each time became a fraction of one (decision 0005).
-- All raise when nobody is acting: the setting is not there.
-- An answer to read by is kept for the rest of the transaction, in local settings, until a table
-- that the rule reads is written (decision 0005); what may be written is asked anew each time.
CREATE FUNCTION access_kept (question text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('app.kept_mark_' || question, true) = access_mark() THEN
        RETURN current_setting('app.kept_' || question, true);
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION access_keep (question text, answer text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('app.kept_mark_' || question, access_mark(), true),
            set_config('app.kept_' || question, answer, true);
END $$;
-- Whose answer it is, about whom she asks, and after how many writes to the tables of the rule.
CREATE FUNCTION access_mark () RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN concat_ws('/', current_setting('app.user_id'), current_setting('app.reading'),
        md5(current_setting('app.about', true)), current_setting('app.rule_writes', true));
END $$;
CREATE FUNCTION access_rule_changed () RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    writes integer := nullif(current_setting('app.rule_writes', true), '');
BEGIN
    PERFORM set_config('app.rule_writes', (coalesce(writes, 0) + 1)::text, true);
    RETURN NULL;
END $$;
CREATE FUNCTION access_parents (asked text, writing boolean) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me uuid := current_setting('app.user_id');
    about uuid[] := nullif(current_setting('app.about', true), '');
    figures boolean := current_setting('app.reading') = 'figures';
    wanted text := CASE WHEN figures THEN 'figures' ELSE asked END;
    answer uuid[];
BEGIN
    IF writing THEN
        IF figures THEN RETURN; END IF;
        RETURN QUERY SELECT v.parent_id FROM access_visible v
            WHERE v.user_id = me AND v.part = wanted AND v.can_write = 1;
        RETURN;
    END IF;
    answer := access_kept('parents_' || wanted);
    IF answer IS NULL THEN
        IF about IS NULL THEN
            answer := ARRAY(SELECT DISTINCT v.parent_id FROM access_visible v
                WHERE v.user_id = me AND v.part = wanted);
        ELSE
            answer := ARRAY(SELECT DISTINCT v.parent_id FROM access_visible v
                WHERE v.user_id = me AND v.part = wanted AND v.parent_id = ANY (about));
        END IF;
        PERFORM access_keep('parents_' || wanted, answer::text);
    END IF;
    RETURN QUERY SELECT unnest(answer);
END $$;
CREATE FUNCTION access_pairs (asked text, writing boolean)
RETURNS TABLE (parent_id uuid, programme_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me uuid := current_setting('app.user_id');
    about uuid[] := nullif(current_setting('app.about', true), '');
    figures boolean := current_setting('app.reading') = 'figures';
    wanted text := CASE WHEN figures THEN 'figures' ELSE asked END;
    parents uuid[];
    programmes uuid[];
BEGIN
    IF writing THEN
        IF figures THEN RETURN; END IF;
        RETURN QUERY SELECT v.parent_id, v.programme_id FROM access_visible v
            WHERE v.user_id = me AND v.part = wanted AND v.can_write = 1;
        RETURN;
    END IF;
    parents := access_kept('pair_parents_' || wanted);
    programmes := access_kept('pair_programmes_' || wanted);
    IF parents IS NULL THEN
        IF about IS NULL THEN
            SELECT array_agg(v.parent_id), array_agg(v.programme_id) INTO parents, programmes
                FROM access_visible v WHERE v.user_id = me AND v.part = wanted;
        ELSE
            SELECT array_agg(v.parent_id), array_agg(v.programme_id) INTO parents, programmes
                FROM access_visible v
                WHERE v.user_id = me AND v.part = wanted AND v.parent_id = ANY (about);
        END IF;
        PERFORM access_keep('pair_parents_' || wanted, coalesce(parents, '{}')::text),
                access_keep('pair_programmes_' || wanted, coalesce(programmes, '{}')::text);
    END IF;
    RETURN QUERY SELECT * FROM unnest(parents, programmes);
END $$;
-- A child is seen with any parent whose part is; the link itself need not be.
CREATE FUNCTION access_children (asked text, writing boolean) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT l.child_id FROM programme_parentchild l
        -- IS TRUE: worked out once, not joined and asked again for every link.
        WHERE (l.parent_id IN (SELECT access_parents(asked, writing))) IS TRUE
          AND (current_setting('app.reading') = 'figures' OR NOT EXISTS (
              SELECT 1 FROM access_held_link h WHERE h.link_id = l.id));
END $$;
-- Records that lead to one whose part the reader sees: lines of history written before the joining
-- name them. Never rows as they are now.
CREATE FUNCTION access_joined_parents (asked text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT j.absorbed_id FROM access_joined j
        WHERE (j.parent_id IN (SELECT access_parents(asked, false))) IS TRUE;
END $$;
CREATE FUNCTION access_joined_pairs (asked text)
RETURNS TABLE (absorbed_id uuid, programme_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT j.absorbed_id, p.programme_id FROM access_joined j
        JOIN access_pairs(asked, false) p ON p.parent_id = j.parent_id;
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
-- Who has seen one parent's record, for whoever may know who she is: one line for each sight by
-- people of the programmes in which the reader knows her, and of whoever was let in from another.
-- Never refusals: they would tell who tried. The page of a sight stays in the log. Nor what was done
-- to protect the record: it would tell that somebody is kept out. An emergency is told of.
-- Whoever saw a record that leads to this one now saw this person.
CREATE FUNCTION access_sights (asked uuid)
RETURNS TABLE (seen_at timestamptz, user_id uuid, outcome text, is_restricted boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp AS $$
DECLARE
    me uuid := current_setting('app.user_id');
    records uuid[] := ARRAY(SELECT asked UNION ALL
                            SELECT j.absorbed_id FROM access_joined j WHERE j.parent_id = asked);
    listed_as text[] := ARRAY(SELECT replace(r::text, '-', '') FROM unnest(records) r);
    mine uuid[] := ARRAY(SELECT v.programme_id FROM access_visible v
                         WHERE v.user_id = me AND v.parent_id = asked AND v.part = 'core');
    restricted boolean := EXISTS (SELECT 1 FROM programme_protection x
                                  WHERE x.parent_id = asked AND x.kind = 'restricted'
                                    AND x.from_date <= CURRENT_DATE);
BEGIN
    RETURN QUERY SELECT s.seen_at, s.user_id, s.outcome::text, restricted FROM programme_sight s
        WHERE (s.parent_id = ANY (records)
               OR (s.listed <> '' AND string_to_array(s.listed, ' ') && listed_as))
          AND s.outcome <> 'refused'
          AND (s.page NOT LIKE 'protection:%' OR s.outcome = 'broken_glass')
          AND (EXISTS (SELECT 1 FROM programme_rolegrant g WHERE g.user_id = s.user_id
                       AND (g.programme_id IS NULL AND cardinality(mine) > 0
                            OR g.programme_id = ANY (mine)))
               OR EXISTS (SELECT 1 FROM programme_timedgrant t WHERE t.user_id = s.user_id
                          AND t.parent_id = asked AND t.programme_id = ANY (mine)
                          AND s.seen_at BETWEEN t.starts_at AND t.ends_at));
END $$;
-- A document that was added by mistake has ended (a daily task): its history keeps what was done and
-- by whom, not what it was called and whom it came from. Never while its row is there.
CREATE FUNCTION access_forget_words_of_document (ended uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM programme_document d WHERE d.id = ended) THEN
        RAISE EXCEPTION 'programme_historicaldocument only grows';
    END IF;
    UPDATE programme_historicaldocument h SET title = '', from_whom = '' WHERE h.id = ended;
END $$;
