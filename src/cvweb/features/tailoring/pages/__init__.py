"""The review: each proposed change, to accept, reject or reword."""
