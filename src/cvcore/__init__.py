"""Credits, CV versions and review, scoring and tailoring: the domain, without a server."""
