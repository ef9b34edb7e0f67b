"""Pygal, which draws our charts, without the importer that it leaves behind.

When it is imported it adds an old-style importer, for maps that we do not draw. Code that asks
every importer for a module then warns or fails, so we remove it again.
"""

import sys

import pygal
from pygal.style import Style

sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]

__all__ = ["Style", "pygal"]
