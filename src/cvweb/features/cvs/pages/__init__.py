"""Pages about CVs: the list, one CV, its versions and what changed between them."""
