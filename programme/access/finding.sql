-- Who may be meant: keys are looked up in the index first, whoever they belong to, and only then
-- is the rule asked, about those few. Nobody the reader may not know of is returned, nor takes a
-- place from anybody she may.
-- The rule is never asked about fewer than twenty, other people making up the number: one whom she
-- may not know of, and nobody, take as long. (An id made up for it would be answered sooner.)
CREATE FUNCTION access_among (candidates uuid[], asked text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    fewest CONSTANT integer := 20;
    me uuid := current_setting('app.user_id');
    somewhere uuid := gen_random_uuid();
    others uuid[];
BEGIN
    IF cardinality(candidates) < fewest THEN
        others := ARRAY(SELECT p.id FROM programme_parent p
            WHERE p.id >= somewhere ORDER BY p.id LIMIT fewest);
        others := others || ARRAY(SELECT p.id FROM programme_parent p
            ORDER BY p.id LIMIT fewest - cardinality(others));
    END IF;
    RETURN QUERY
        WITH answered AS MATERIALIZED (
            SELECT DISTINCT v.parent_id FROM access_visible v
            WHERE v.user_id = me AND v.part = asked
              AND v.parent_id = ANY (candidates || others[1 : fewest - cardinality(candidates)])
        )
        SELECT a.parent_id FROM answered a WHERE a.parent_id IN (SELECT unnest(candidates));
END $$;
-- Every way in which a word stands in the names counts. Rows with fewer points than words are left
-- out: only the ends of their names are alike, and there are tens of thousands of them.
CREATE FUNCTION access_likely (whose text, words integer[], keys text[], points integer[], most integer)
RETURNS TABLE (parent_id uuid, named_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp AS $$
DECLARE
    at_once CONSTANT integer := 2 * most;
    fewest CONSTANT integer := (SELECT count(DISTINCT w) FROM unnest(words) w);
    parents uuid[];
    named uuid[];
    batch uuid[];
    hers uuid[];
    returned integer := 0;
    fresh integer;
BEGIN
    IF whose = 'identity' THEN
        SELECT array_agg(c.owner), array_agg(c.row_id) INTO parents, named
        FROM (
            SELECT i.parent_id AS owner, i.id AS row_id
            FROM unnest(keys, points) AS a (key, points)
            JOIN programme_identity i ON string_to_array(i.search_keys, ' ') @> ARRAY[a.key]
            GROUP BY i.parent_id, i.id
            HAVING sum(a.points) >= fewest
            ORDER BY sum(a.points) DESC, i.parent_id, i.id
        ) c;
    ELSE
        -- Which links are held is asked once, of these alone.
        WITH alike AS MATERIALIZED (
            SELECT i.id AS row_id, sum(a.points) AS weight
            FROM unnest(keys, points) AS a (key, points)
            JOIN programme_child i ON string_to_array(i.search_keys, ' ') @> ARRAY[a.key]
            GROUP BY i.id
            HAVING sum(a.points) >= fewest
        ),
        linked AS MATERIALIZED (
            SELECT l.id AS link_id, l.parent_id AS owner, b.row_id, b.weight
            FROM alike b JOIN programme_parentchild l ON l.child_id = b.row_id
        ),
        held AS MATERIALIZED (
            SELECT h.link_id FROM access_held_link h
            WHERE h.link_id = ANY (ARRAY(SELECT l.link_id FROM linked l))
        )
        SELECT array_agg(c.owner), array_agg(c.row_id) INTO parents, named
        FROM (
            SELECT l.owner, l.row_id
            FROM linked l
            WHERE l.link_id NOT IN (SELECT h.link_id FROM held h)
            GROUP BY l.owner, l.row_id
            ORDER BY max(l.weight) DESC, l.owner, l.row_id
        ) c;
    END IF;
    -- The rule is asked once even where nobody fits.
    FOR at IN 1 .. greatest(cardinality(parents), 1) BY at_once LOOP
        batch := coalesce(parents[at : at + at_once - 1], '{}');
        hers := ARRAY(SELECT access_among(batch, 'core'));
        RETURN QUERY
            SELECT p.parent_id, p.named_id
            FROM unnest(batch, named[at : at + at_once - 1])
                WITH ORDINALITY AS p (parent_id, named_id, place)
            WHERE p.parent_id IN (SELECT unnest(hers))
            ORDER BY p.place
            LIMIT most - returned;
        GET DIAGNOSTICS fresh = ROW_COUNT;
        returned := returned + fresh;
        EXIT WHEN returned >= most;
    END LOOP;
END $$;
CREATE FUNCTION access_named (asked text[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = public, pg_temp AS $$
DECLARE
    candidates uuid[];
BEGIN
    candidates := ARRAY(SELECT i.parent_id FROM programme_identity i
        WHERE string_to_array(i.search_keys, ' ') && asked);
    RETURN QUERY SELECT a FROM access_among(candidates, 'core') a;
END $$;
CREATE FUNCTION access_numbered (asked_reference text, asked_number text, digits text, most integer)
RETURNS TABLE (parent_id uuid, way text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
SET search_path = public, pg_temp AS $$
DECLARE
    candidates uuid[];
BEGIN
    IF digits <> '' THEN
        candidates := ARRAY(SELECT s.parent_id FROM programme_safecontact s
            WHERE strpos(s.digits, access_numbered.digits) > 0);
        RETURN QUERY SELECT a, 'telephone' FROM access_among(candidates, 'core') a LIMIT most;
    END IF;
    candidates := ARRAY(SELECT i.parent_id FROM programme_identity i
        WHERE (i.local_reference <> '' AND upper(i.local_reference) = upper(asked_number))
           OR (i.nhs_number <> '' AND i.nhs_number = asked_number));
    RETURN QUERY SELECT a, 'number' FROM access_among(candidates, 'core') a LIMIT most;
    candidates := ARRAY(SELECT p.id FROM programme_parent p WHERE p.reference = asked_reference);
    RETURN QUERY SELECT a, 'reference' FROM access_among(candidates, 'reference') a;
END $$;
