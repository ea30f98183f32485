"""One module a format: bytes to drafts. Nothing here looks at language, dates in the text, or repairs."""
