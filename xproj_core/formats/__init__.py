"""Formats, by name: one module each, with loads and dumps over items.

read = FORMATS["conll"].loads(data, file="news.conll", target="sw")
FORMATS["jsonl"].dumps(read.items)
FORMATS["conll"].losses(items)      what would be lost, in sentences
"""

from xproj_core.formats.base import Carries, Read, Reading, Writing
from xproj_core.formats.format import Format
from xproj_core.formats.known_formats import FORMATS, formats

__all__ = ["FORMATS", "Carries", "Format", "Read", "Reading", "Writing", "formats"]
