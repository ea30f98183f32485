"""What claims disagree about, one module a matter. Invariant: a dispute has two sides or more, each with its claims.

`incidents`: tolls, dates and places of one incident. `presence`: a group said to be in an area and not
to be, or not to exist there. `ties`: dates of ties, ties denied, two masters at a time. `offices`: two holders at a
time. `sums`: totals of one scope. `attribution`: who is said to have done it. Each makes `Dispute`s, and `reconcilers`
says what would reconcile them.
"""

from khabar.resolution.ledger.dispute import Dispute, Stand, conflicting
from khabar.resolution.ledger.reconcilers import RECONCILERS, Reconciler, told

__all__ = ["RECONCILERS", "Dispute", "Reconciler", "Stand", "conflicting", "told"]
