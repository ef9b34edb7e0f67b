"""Pygal, which draws our charts, without the importer that it leaves behind.

On being imported it adds an importer of an old kind, for maps that we do not draw. Whatever asks
every importer for a module then warns or fails, so it is taken away again.
"""

import sys

import pygal
from pygal.style import Style

sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]

__all__ = ["Style", "pygal"]
