"""Groups and their ties as graphs: GraphML and GEXF, with times. Invariant: nodes are organised groups, states and
people of public record; an edge is one kind of tie between two of them, with its days, stances and number of claims.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from khabar.export.shapes.material import Material
from khabar.export.shapes.parts import Column, Loss, LossRule, Row
from khabar.export.shapes.relating import ties_of
from khabar.export.shapes.tables import columns_of
from khabar.records import Actor
from khabar.store.questions import ActorFilter
from khabar.visible import all_visible

__all__ = ["Gexf", "GraphMl"]

_ALONE = LossRule(
    "no tie", "left out", "an incident is no tie between groups; export geojson, parquet or a table for it"
)
_NODE = ("kind", "country", "incidents")
_OPEN = ("earliest", "latest")


class _Graph:
    """What both forms share: rows are ties; the groups at their ends are written as nodes."""

    name = ""
    title = ""
    ending = ""
    rule: str | None = None
    losses: tuple[LossRule, ...] = (_ALONE,)
    options: Mapping[str, str] = {}

    @property
    def columns(self) -> tuple[Column, ...]:
        """The fields of a tie, from `columns/ties.yml`."""
        return columns_of("ties")

    def records(self, material: Material) -> Iterator[Row | Loss]:
        """A row for each kind of tie between two actors, and every incident as left out."""
        for case in material.cases():
            yield Loss(case.id, _ALONE)
        incidents = {s.actor.id: s.events for s in material.base.actors(ActorFilter())}
        for tie in ties_of(material):
            ends = {
                f"{side}_{name}": value
                for side, actor in (("subject", tie.subject), ("object", tie.object))
                for name, value in _node(actor, incidents[actor.id]).items()
            }
            told = {
                "type": tie.type,
                "subject": tie.subject.id,
                "object": tie.object.id,
                **ends,
                "earliest": tie.earliest,
                "latest": tie.latest,
                "stances": "; ".join(tie.stances),
                "claims": len(tie.claims),
                "denied": tie.denied,
            }
            ids = tuple(claim.id for claim in tie.claims)
            name = f"{tie.type}:{tie.subject.id}:{tie.object.id}"
            yield Row(name, tie.subject.id, told, dict.fromkeys(("type", "earliest", "latest"), ids))

    def graph(self, rows: Iterable[Row]) -> Any:
        """The rows as a directed graph of networkx, in their order."""
        import networkx as nx

        graph = nx.MultiDiGraph()
        for row in rows:
            told = row.values
            for side in ("subject", "object"):
                node = {name: told[f"{side}_{name}"] for name in ("label", *_NODE)}
                graph.add_node(told[side], **{k: all_visible(v) for k, v in node.items() if v is not None})
            named = ("type", *_OPEN, "stances", "claims", "denied")
            # XML has no place for control characters
            edge = {k: all_visible(told[k]) for k in named if told[k] is not None}
            graph.add_edge(told["subject"], told["object"], key=row.id, **edge)
        return graph


class GraphMl(_Graph):
    """See the module."""

    name = "graphml"
    title = "groups and their ties as GraphML, for networkx, igraph, Gephi and yEd"
    ending = "graphml"

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """The whole graph; days are attributes of ties."""
        import networkx as nx

        nx.write_graphml_xml(self.graph(rows), out, named_key_ids=True)
        del options


class Gexf(_Graph):
    """See the module."""

    name = "gexf"
    title = "groups and their ties as a dynamic GEXF graph: Gephi's time line shows who was tied to whom when"
    ending = "gexf"

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """The whole graph; ties have a beginning and an end as far as they are known."""
        import networkx as nx

        graph = self.graph(rows)
        for _one, _two, edge in graph.edges(data=True):
            start, end = edge.pop("earliest", None), edge.pop("latest", None)
            edge.update({k: v for k, v in (("start", start), ("end", end)) if v})
        text = io.BytesIO()
        nx.write_gexf(graph, text)
        # The library writes the day of writing, which would make two exports of one base differ.
        out.write(re.sub(rb' lastmodifieddate="[^"]*"', b"", text.getvalue()))
        del options


def _node(actor: Actor, incidents: int) -> dict[str, Any]:
    return {"label": actor.names[0].text, "kind": actor.kind, "country": actor.country, "incidents": incidents}
