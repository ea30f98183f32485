"""The one list of measures, in the order of the table. Invariant: names are those of `eval/floors.yml`."""

from __future__ import annotations

from khabar.evaluation import (
    actor_identity,
    articles,
    calibration,
    cases,
    casualties,
    dates,
    defenders,
    ged_places,
    generated_measure,
    geowebnews,
    headlines,
    incident_clusters,
    muc4_measure,
    name_pairs,
    newswire,
    numbers,
    own_places,
    re3d,
    robustness,
    un_narratives,
)
from khabar.evaluation.model import Measure

__all__ = ["MEASURES"]

MEASURES: tuple[Measure, ...] = (
    articles.MEASURE,
    newswire.MEASURE,
    newswire.OWN,
    cases.MEASURE,
    casualties.MEASURE,
    muc4_measure.MEASURE,
    re3d.MEASURE,
    un_narratives.MEASURE,
    defenders.MEASURE,
    geowebnews.MEASURE,
    ged_places.MEASURE,
    own_places.MEASURE,
    dates.MEASURE,
    numbers.MEASURE,
    name_pairs.LABELLED,
    name_pairs.NEAR_NAMES,
    actor_identity.MEASURE,
    incident_clusters.MEASURE,
    incident_clusters.OWN,
    incident_clusters.SAMPLES,
    headlines.MEASURE,
    generated_measure.MEASURE,
    generated_measure.MADE_UP,
    calibration.MEASURE,
    robustness.MEASURE,
)
