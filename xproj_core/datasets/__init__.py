"""Data in: files and folders to a dataset, with the reason why they are read as they are.

found = read("masakhaner2/data", target_language="bam", split="test")
found.reason, found.preview, found.items
"""

from xproj_core.datasets.label_map import LabelMap
from xproj_core.datasets.layout import Guess, Part
from xproj_core.datasets.loaded import Loaded
from xproj_core.datasets.preview import Preview
from xproj_core.datasets.reading import look, read

__all__ = ["Guess", "LabelMap", "Loaded", "Part", "Preview", "look", "read"]
