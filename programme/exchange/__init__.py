"""The caseload package, in and out."""
