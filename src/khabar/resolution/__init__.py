"""From claims to actors, incidents and contradictions, through judgements. `resolve.resolve` is all of it on one page.

It is not named here, because it loads numpy, which commands that list or help can do without.
"""

from khabar.resolution.model import Corpus, DocumentFacts, Link, RelationFacts, Resolution, TypeFacts

__all__ = ["Corpus", "DocumentFacts", "Link", "RelationFacts", "Resolution", "TypeFacts"]
