"""Pages about offers: the list, the form to bring one, and one as read."""
