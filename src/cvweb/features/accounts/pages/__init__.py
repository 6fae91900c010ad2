"""Pages for visitors and for one's own account."""
