"""Where the parts of an installation are put together, and nowhere else.

`create_services(settings)` opens everything an app or a worker needs and closes it again;
`services_over` puts the same services over any stores, which is what tests do with memory.
"""

from __future__ import annotations

from cvweb.wiring.opening import Opened, create_services
from cvweb.wiring.services import Services, services_over

__all__ = ["Opened", "Services", "create_services", "services_over"]
