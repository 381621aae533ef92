"""Parents, their children, and how to reach a parent safely."""
