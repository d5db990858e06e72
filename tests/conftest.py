"""What holds for every test: hypothesis measures rules, not the speed of the machine.

Each rule is tried on 40 examples, others each time; TT_EXAMPLES asks for more.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    max_examples=int(os.environ.get("TT_EXAMPLES", "40")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("house")
