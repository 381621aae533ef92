-- Records that lead to another of the same person (decision 9). Ids only, read with the owner's rights.
-- One row: this record leads to that parent's now, at once or over others that lead there.
CREATE VIEW access_joined AS
WITH RECURSIVE led (parent_id, absorbed_id) AS (
    SELECT kept_id, absorbed_id FROM programme_merge WHERE undone_at IS NULL
    UNION
    SELECT m.kept_id, l.absorbed_id
    FROM led l
    JOIN programme_merge m ON m.absorbed_id = l.parent_id AND m.undone_at IS NULL
)
SELECT parent_id, absorbed_id FROM led;
-- Records that are restricted, or denied to somebody, today.
CREATE VIEW access_protected AS
SELECT DISTINCT parent_id FROM programme_protection WHERE from_date <= CURRENT_DATE
