-- Roles in force: the person's account is open and a second person approved the role.
CREATE VIEW access_holder AS
SELECT g.id AS grant_id, g.user_id, g.programme_id, g.role
FROM programme_rolegrant g
JOIN programme_user u ON u.id = g.user_id
WHERE u.is_active
  AND g.approved_by_id IS NOT NULL
  AND g.approved_by_id <> g.user_id
  AND g.starts_on <= CURRENT_DATE
  AND (g.ends_on IS NULL OR g.ends_on >= CURRENT_DATE)
