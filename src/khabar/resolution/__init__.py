"""From claims to actors, incidents and contradictions, through judgements."""

from khabar.resolution.model import Corpus, DocumentFacts, Link, RelationFacts, Resolution, TypeFacts
from khabar.resolution.resolve import resolve

__all__ = ["Corpus", "DocumentFacts", "Link", "RelationFacts", "Resolution", "TypeFacts", "resolve"]
