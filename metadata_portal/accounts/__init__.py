"""People, roles, projects, permission predicates, audit events, sign-in."""
