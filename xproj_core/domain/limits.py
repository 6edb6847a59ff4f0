"""How much is taken at most; what is more is refused in words, or cut into parts."""

from __future__ import annotations

MAX_TOKENS = 1000
"""Words of a sentence."""

MAX_CHARACTERS = 20_000
"""Characters of a sentence."""

MAX_NOTE_CHARACTERS = 20_000
"""Characters of a note on a sentence."""

MAX_NOISE_SEEDS = 20
"""Repetitions of a noise with draws of their own, on the page."""

MAX_FILES = 20_000
"""Files of a folder or archive that is read as one dataset."""

MAX_UNPACKED_BYTES = 2_000_000_000
"""Bytes of an unpacked archive; a zip may claim to unpack to anything."""

MAX_CACHE_BYTES = 4 << 30
"""Bytes of the cache of what models answered."""
