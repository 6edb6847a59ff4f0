"""What is loaded to stay is not searched for garbage again and again.

Streamlit has the whole memory searched after every run of a script, a fragment's too. With an
engine loaded that takes a tenth of a second and more, during which no answer leaves the server.
"""

from __future__ import annotations

import gc
import sys
from threading import Lock

_guard = Lock()
_known = 0


def keep() -> None:
    """Exempt all that is in memory now from later searches, if modules were loaded since.

    What is exempt is still freed once nothing refers to it, except where it refers to itself.
    Only so much is ever kept for that reason: this is done again a few dozen times at most, as
    there are only so many modules.
    """
    global _known
    with _guard:
        if len(sys.modules) == _known:
            return
        _known = len(sys.modules)
        gc.freeze()
