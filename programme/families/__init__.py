"""The family around a parent: children, time together, strengths and worries, days to mind."""
