"""The queue: saq on the installation's own PostgreSQL, or on Redis where there is one.

A job carries the id of a task and nothing else. The task's row is the truth: a job lost, doubled or
late changes nothing but the moment at which the work begins.
"""

from __future__ import annotations

from cvweb.adapters.saq.queue import QueueUnusable, SaqDispatch, open_queue, prepare_queue
from cvweb.adapters.saq.serving import serve

__all__ = ["QueueUnusable", "SaqDispatch", "open_queue", "prepare_queue", "serve"]
