"""What claims say of groups over time: ties with dates and doubts, the genealogy, the network, a life.

Invariant: pure functions over records; what is drawn is what claims say, with who says it, and nothing is ranked.
"""
