-- What one parent's record may say of another's (decision 13). Ids only, read with the owner's rights.
-- Who may be told of a pregnancy: the newest answer for that parent is yes. A termination is told to nobody.
CREATE VIEW access_told AS
SELECT t.pregnancy_id, t.other_parent_id
FROM programme_pregnancytold t
JOIN programme_pregnancy p ON p.id = t.pregnancy_id
WHERE t.may_be_told
  AND p.outcome <> 'termination'
  AND NOT EXISTS (
    SELECT 1 FROM programme_pregnancytold n
    WHERE n.pregnancy_id = t.pregnancy_id AND n.other_parent_id = t.other_parent_id
      AND (n.decided_on > t.decided_on
           OR (n.decided_on = t.decided_on AND n.position > t.position))
  );
-- Links that stand. What was held back is not told when it is taken away: its history goes too.
CREATE VIEW access_standing_link AS SELECT id AS link_id FROM programme_parentchild;
-- Links from a parent to a child that do not open the child's row.
CREATE VIEW access_held_link AS
-- A baby on the way, or stillborn, of somebody else's pregnancy that this parent is not told of.
SELECT l.id AS link_id, 'untold' AS why
FROM programme_parentchild l
JOIN programme_child c ON c.id = l.child_id
JOIN programme_pregnancy p ON p.id = c.pregnancy_id
WHERE (l.relation = 'expected' OR c.born = 'stillborn')
  AND (p.outcome = 'termination'
       OR (p.mother_id <> l.parent_id AND NOT EXISTS (
           SELECT 1 FROM access_told t
           WHERE t.pregnancy_id = p.id AND t.other_parent_id = l.parent_id
       )))
UNION ALL
-- A stillborn child of whom nobody said which pregnancy it was, so that nobody could ask: on no
-- record but the mother's, unless hers does not know of the child.
SELECT l.id, 'untold'
FROM programme_parentchild l
JOIN programme_child c ON c.id = l.child_id
JOIN programme_parent k ON k.id = l.parent_id
WHERE c.born = 'stillborn'
  AND c.pregnancy_id IS NULL
  AND k.parent_role <> 'mother'
  AND EXISTS (
    SELECT 1 FROM programme_parentchild b
    JOIN programme_parent m ON m.id = b.parent_id
    WHERE b.child_id = l.child_id AND b.parent_id <> l.parent_id AND m.parent_role = 'mother'
  )
UNION ALL
-- An adopted child: neither side learns from the child's row who the other is.
SELECT l.id, 'adopted'
FROM programme_parentchild l
WHERE l.relation = 'adoptive'
  AND EXISTS (
    SELECT 1 FROM programme_parentchild b
    WHERE b.child_id = l.child_id AND b.parent_id <> l.parent_id AND b.relation = 'birth'
  )
