-- Who sees which part of whom. The only place the rule is written (decision 0002).
-- One row: this user sees this part of this parent in this programme, and may change it or not.
-- Plain SQL that SQLite and PostgreSQL both read. Managers and row policies ask this view.
CREATE VIEW access_visible AS
WITH
-- What each role sees, by how the parent stands to the user:
--   caseload  her worker holds the parent's open episode, or she stands in for that worker
--   duty      her programme works with the parent and nobody holds her yet, or no longer
--   team      her programme works with the parent, or did until not long ago
--   known     her programme ever knew the parent
--   referred  the parent was referred to her (clinician, therapist)
role_part (role, relation, part, can_write) AS (VALUES
    ('practitioner', 'known',    'reference',    0),
    ('practitioner', 'known',    'intake',       1),
    ('practitioner', 'team',     'core',         0),
    ('practitioner', 'team',     'notes',        0),
    ('practitioner', 'team',     'arrangements', 0),
    ('practitioner', 'team',     'court',        0),
    ('practitioner', 'duty',     'core',         1),
    ('practitioner', 'duty',     'notes',        1),
    ('practitioner', 'duty',     'arrangements', 1),
    ('practitioner', 'caseload', 'core',         1),
    ('practitioner', 'caseload', 'notes',        1),
    ('practitioner', 'caseload', 'arrangements', 1),
    ('practitioner', 'caseload', 'outcomes',     1),
    ('practitioner', 'caseload', 'safe_address', 1),
    ('practitioner', 'caseload', 'court',        1),
    ('practitioner', 'caseload', 'care',         1),
    ('senior',       'known',    'reference',    0),
    ('senior',       'known',    'intake',       1),
    ('senior',       'known',    'custody',      1),
    ('senior',       'team',     'core',         1),
    ('senior',       'team',     'notes',        1),
    ('senior',       'team',     'arrangements', 1),
    ('senior',       'team',     'outcomes',     1),
    ('senior',       'team',     'safe_address', 1),
    ('senior',       'team',     'court',        1),
    ('coordinator',  'known',    'reference',    0),
    ('coordinator',  'team',     'core',         0),
    ('coordinator',  'team',     'arrangements', 1),
    ('coordinator',  'team',     'contact_log',  1),
    ('coordinator',  'caseload', 'safe_address', 0),
    ('manager',      'known',    'reference',    0),
    ('manager',      'known',    'outcomes',     0),
    ('manager',      'known',    'figures',      0),
    ('data_officer', 'known',    'reference',    0),
    ('data_officer', 'known',    'outcomes',     1),
    ('data_officer', 'known',    'figures',      0),
    ('clinician',    'referred', 'reference',    0),
    ('clinician',    'referred', 'core',         0),
    ('clinician',    'referred', 'care',         1),
    ('therapist',    'referred', 'reference',    0),
    ('therapist',    'referred', 'core',         0),
    ('therapist',    'referred', 'therapy',      1),
    -- Not a role: what an emergency opens for an hour. Never therapy, never contraception.
    ('emergency',    'opened',   'reference',    0),
    ('emergency',    'opened',   'core',         0),
    ('emergency',    'opened',   'notes',        0),
    ('emergency',    'opened',   'safe_address', 0),
    ('emergency',    'opened',   'contact_log',  1),
    ('protection_officer', 'known', 'oversight', 0),
    ('protection_officer', 'known', 'protection', 1)
),
-- A role in force beside each programme it is held in: a role of the whole organisation, in all.
serving (user_id, role, programme_id) AS NOT MATERIALIZED (
    SELECT h.user_id, h.role, p.id
    FROM access_holder h
    JOIN programme_programme p ON h.programme_id IS NULL OR h.programme_id = p.id
),
-- Which programme knows which parent, by what, and until when its team reads (null: work goes on).
known (parent_id, programme_id, team_reads_until, referral_id) AS NOT MATERIALIZED (
    SELECT parent_id, programme_id, team_reads_until, NULL FROM programme_episode
    UNION ALL
    SELECT parent_id, programme_id, team_reads_until, id FROM programme_referral
    UNION ALL
    SELECT parent_id, programme_id, ended_on, NULL FROM programme_identification
),
-- Once there is an episode, its own dates count, not those of the referral.
involved (parent_id, programme_id, team_reads_until) AS NOT MATERIALIZED (
    SELECT k.parent_id, k.programme_id, k.team_reads_until
    FROM known k
    -- LIMIT: looked up for each referral, never for all episodes of the organisation at once.
    WHERE k.referral_id IS NULL
       OR (SELECT e.id FROM programme_episode e WHERE e.referral_id = k.referral_id LIMIT 1) IS NULL
),
-- The lead and other workers of an open episode, and who stands in for them by name.
held (user_id, parent_id, programme_id, is_stand_in) AS NOT MATERIALIZED (
    SELECT w.user_id, e.parent_id, e.programme_id, 0
    FROM programme_allocation a
    JOIN programme_episode e ON e.id = a.episode_id
    JOIN programme_worker w ON w.id = a.worker_id
    WHERE w.user_id IS NOT NULL
      AND e.closed_on IS NULL
      AND a.from_date <= CURRENT_DATE
      AND (a.to_date IS NULL OR a.to_date >= CURRENT_DATE)
    UNION ALL
    SELECT t.user_id, t.parent_id, t.programme_id, 1
    FROM programme_timedgrant t
    WHERE t.kind = 'stand_in'
      AND t.starts_at <= CURRENT_TIMESTAMP AND t.ends_at > CURRENT_TIMESTAMP
      -- Only for what the worker holds herself: handed over or ended, it is nobody's to stand in.
      AND EXISTS (
        SELECT 1
        FROM programme_episode e
        JOIN programme_allocation a ON a.episode_id = e.id
        WHERE e.parent_id = t.parent_id AND e.programme_id = t.programme_id
          AND e.closed_on IS NULL
          AND a.worker_id = t.worker_id
          AND a.from_date <= CURRENT_DATE
          AND (a.to_date IS NULL OR a.to_date >= CURRENT_DATE)
      )
),
-- Each holder of a role beside each parent whom her programme ever knew.
near (user_id, role, parent_id, programme_id, team_reads_until) AS NOT MATERIALIZED (
    SELECT s.user_id, s.role, i.parent_id, i.programme_id, i.team_reads_until
    FROM serving s
    JOIN involved i ON i.programme_id = s.programme_id
),
-- Parents whom a holder of a role works with herself, or who were referred to her.
relation (user_id, role, parent_id, programme_id, relation, is_stand_in)
    AS NOT MATERIALIZED (
    SELECT s.user_id, s.role, d.parent_id, d.programme_id, 'caseload', d.is_stand_in
    FROM serving s
    JOIN held d ON d.user_id = s.user_id AND d.programme_id = s.programme_id
    UNION ALL
    SELECT s.user_id, s.role, t.parent_id, t.programme_id, 'referred', 0
    FROM serving s
    JOIN programme_timedgrant t
        ON t.user_id = s.user_id AND t.programme_id = s.programme_id AND t.kind = s.role
    WHERE t.starts_at <= CURRENT_TIMESTAMP AND t.ends_at > CURRENT_TIMESTAMP
),
-- Whom a restriction or denial in force names: by account, or by the worker an account is linked to.
named (parent_id, kind, user_id) AS NOT MATERIALIZED (
    SELECT x.parent_id, x.kind, x.user_id FROM programme_protection x
    WHERE x.user_id IS NOT NULL AND x.from_date <= CURRENT_DATE
    UNION ALL
    SELECT x.parent_id, x.kind, w.user_id
    FROM programme_protection x
    JOIN programme_worker w ON w.id = x.worker_id
    WHERE w.user_id IS NOT NULL AND x.from_date <= CURRENT_DATE
),
-- Consent to record contraception in force: the newest decision is "given" and has not run out.
-- It names whom it lets see; who is not named sees nothing.
recording (parent_id, covers_own_worker, covers_stand_in, covers_clinician) AS NOT MATERIALIZED (
    SELECT c.parent_id, c.covers_own_worker, c.covers_stand_in, c.covers_clinician
    FROM programme_consent c
    WHERE c.purpose = 'record_contraception'
      AND c.decision = 'given'
      AND (c.expires_on IS NULL OR c.expires_on >= CURRENT_DATE)
      AND NOT EXISTS (
        SELECT 1 FROM programme_consent n
        WHERE n.parent_id = c.parent_id AND n.purpose = c.purpose
          AND (n.decided_at > c.decided_at
               OR (n.decided_at = c.decided_at AND n.position > c.position))
      )
),
-- Who may count, and where: roles with the part, and the declared reader of the figures.
counter (user_id, programme_id) AS NOT MATERIALIZED (
    SELECT s.user_id, s.programme_id
    FROM serving s
    JOIN role_part p ON p.role = s.role AND p.part = 'figures'
    UNION ALL
    SELECT u.id, p.id FROM programme_user u CROSS JOIN programme_programme p
    WHERE u.is_system AND u.email = 'figures@system.invalid'
),
-- Whom a programme counts: everyone it ever knew, and the other parent of their children and
-- pregnancies, so that "father recorded" and "another child of the same father" can be counted.
counted (parent_id, programme_id) AS NOT MATERIALIZED (
    SELECT parent_id, programme_id FROM involved
    UNION ALL
    SELECT other.parent_id, i.programme_id
    FROM involved i
    JOIN programme_parentchild own ON own.parent_id = i.parent_id
    JOIN programme_parentchild other ON other.child_id = own.child_id
    UNION ALL
    SELECT p.father_id, i.programme_id
    FROM involved i JOIN programme_pregnancy p ON p.mother_id = i.parent_id
    WHERE p.father_id IS NOT NULL
    UNION ALL
    SELECT p.mother_id, i.programme_id
    FROM involved i JOIN programme_pregnancy p ON p.father_id = i.parent_id
),
granted (user_id, parent_id, programme_id, part, can_write) AS NOT MATERIALIZED (
    -- One look at what a programme knows serves all three relations.
    SELECT n.user_id, n.parent_id, n.programme_id, p.part, p.can_write
    FROM near n
    JOIN role_part p ON p.role = n.role
    WHERE p.part <> 'figures'
      AND (
        p.relation = 'known'
        OR (p.relation IN ('team', 'duty')
            AND (n.team_reads_until IS NULL OR n.team_reads_until >= CURRENT_DATE)
            AND (p.relation = 'team' OR NOT EXISTS (
                SELECT 1
                FROM programme_episode e
                JOIN programme_allocation a ON a.episode_id = e.id
                WHERE e.parent_id = n.parent_id AND e.programme_id = n.programme_id
                  AND e.closed_on IS NULL
                  AND a.from_date <= CURRENT_DATE
                  AND (a.to_date IS NULL OR a.to_date >= CURRENT_DATE)
            )))
      )
    UNION ALL
    SELECT r.user_id, r.parent_id, r.programme_id, p.part, p.can_write
    FROM relation r
    JOIN role_part p ON p.role = r.role AND p.relation = r.relation
    WHERE p.part <> 'figures'
    UNION ALL
    -- Whoever knows the parent through one of her programmes may refer her to another of them.
    SELECT n.user_id, n.parent_id, h.programme_id, 'intake', 1
    FROM near n
    JOIN access_holder h ON h.user_id = n.user_id AND h.programme_id IS NOT NULL
        AND h.role IN ('practitioner', 'senior')
    WHERE n.role IN ('practitioner', 'senior')
    UNION ALL
    -- Contraception: the care pair, each within what the consent says.
    SELECT r.user_id, r.parent_id, r.programme_id, 'health', 1
    FROM relation r
    JOIN recording c ON c.parent_id = r.parent_id
    WHERE (r.role = 'practitioner' AND r.relation = 'caseload'
           AND r.is_stand_in = 0 AND c.covers_own_worker)
       OR (r.role = 'practitioner' AND r.relation = 'caseload'
           AND r.is_stand_in = 1 AND c.covers_stand_in)
       OR (r.role = 'clinician' AND r.relation = 'referred' AND c.covers_clinician)
    UNION ALL
    -- An earlier team's custodian released its record for a time: to read, never to change.
    SELECT t.user_id, t.parent_id, t.programme_id, p.part, 0
    FROM programme_timedgrant t
    JOIN role_part p ON p.role = 'practitioner' AND p.relation = 'team'
    WHERE t.kind = 'released'
      AND t.starts_at <= CURRENT_TIMESTAMP AND t.ends_at > CURRENT_TIMESTAMP
      AND EXISTS (SELECT 1 FROM access_holder h
                  WHERE h.user_id = t.user_id AND h.role IN ('practitioner', 'senior'))
    UNION ALL
    -- Opened in an emergency: restriction and denial, below, hold against this as against all else.
    SELECT t.user_id, t.parent_id, t.programme_id, p.part, p.can_write
    FROM programme_timedgrant t
    JOIN role_part p ON p.role = 'emergency' AND p.relation = 'opened'
    WHERE t.kind = 'emergency'
      AND t.starts_at <= CURRENT_TIMESTAMP AND t.ends_at > CURRENT_TIMESTAMP
      AND EXISTS (SELECT 1 FROM access_holder h
                  WHERE h.user_id = t.user_id
                    AND h.role IN ('practitioner', 'senior', 'coordinator'))
    UNION ALL
    SELECT t.user_id, t.parent_id, t.programme_id, 'reference', 0
    FROM programme_timedgrant t
    WHERE t.kind = 'released'
      AND t.starts_at <= CURRENT_TIMESTAMP AND t.ends_at > CURRENT_TIMESTAMP
      AND EXISTS (SELECT 1 FROM access_holder h
                  WHERE h.user_id = t.user_id AND h.role IN ('practitioner', 'senior'))
)
SELECT g.user_id, g.parent_id, g.programme_id, g.part, MAX(g.can_write) AS can_write
FROM granted g
-- Denied beats everything.
WHERE NOT EXISTS (
    SELECT 1 FROM named x
    WHERE x.parent_id = g.parent_id AND x.kind = 'denied' AND x.user_id = g.user_id
  )
  -- Restricted: only the people named.
  AND (
    NOT EXISTS (
        SELECT 1 FROM programme_protection x
        WHERE x.parent_id = g.parent_id AND x.kind = 'restricted' AND x.from_date <= CURRENT_DATE
    )
    OR EXISTS (
        SELECT 1 FROM named x
        WHERE x.parent_id = g.parent_id AND x.kind = 'restricted' AND x.user_id = g.user_id
    )
    OR g.part = 'protection'
  )
GROUP BY g.user_id, g.parent_id, g.programme_id, g.part
UNION ALL
-- Counting: whoever is counted by a programme, restricted people too (counts only; C2).
SELECT DISTINCT c.user_id, i.parent_id, i.programme_id, 'figures', 0
FROM counter c
JOIN counted i ON i.programme_id = c.programme_id
