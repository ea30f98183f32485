"""Views of the claims in the shapes other programs read."""
