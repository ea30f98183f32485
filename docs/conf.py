"""The documentation as a site: `make docs` builds it into build/docs, and a warning is an error."""

from __future__ import annotations

from khabar import __version__

project = "Khabar"
author = "the Khabar authors"
release = version = __version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["images"]

html_theme = "furo"
html_title = f"Khabar {__version__}"
html_copy_source = False
html_show_sphinx = False

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4  # pages link to headings as the code host names them

# JSON shapes are shown with … where something is left out.
suppress_warnings = ["misc.highlighting_failure"]

# The docstrings give shapes and units in words; a signature says the rest.
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "undoc-members": False}
