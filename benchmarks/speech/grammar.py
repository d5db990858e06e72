"""The grammar of accepted readings: `(a|b|)`, nested, as a graph that is never expanded.

Thirty alternatives in a row are a thousand million readings; the graph has as many edges as the
grammar has words, and a reading is compared with all of them at once, in states × words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from benchmarks.speech.canonical import Words, phrases_from, residue, words

_PIECE = re.compile(r"[()|]|[^()|]+")
_GLUED = re.compile(r"\w\(|\)\w")


class BadGrammar(ValueError):
    """The accepted reading is no grammar; the message says why."""


@dataclass(frozen=True, slots=True)
class Edge:
    """From one state to a later one, saying some words, or none."""

    start: int
    words: Words
    end: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """All accepted readings. States count from 0 and every edge leads to a higher one."""

    edges: tuple[Edge, ...]
    last: int

    def accepts(self, said: Words) -> bool:
        """Whether these canonical words are one of the readings."""
        places: list[set[int]] = [{0}] + [set() for _ in range(self.last)]
        for edge in self.edges:
            long = len(edge.words)
            places[edge.end] |= {
                at + long for at in places[edge.start] if said[at : at + long] == edge.words
            }
        return len(said) in places[self.last]

    def only(self, keep: Callable[[str], bool]) -> "Accepted":
        """The same readings with only some of their words."""
        kept = (replace(edge, words=tuple(filter(keep, edge.words))) for edge in self.edges)
        return replace(self, edges=tuple(kept))


def parse(grammar: str) -> Accepted:
    """The readings that a grammar accepts; raises BadGrammar."""
    if left := residue(grammar.replace("|", " ")):
        raise BadGrammar(f"words must be spelled out, not «{left}»")
    if glued := _GLUED.search(grammar):
        raise BadGrammar(f"a space is missing at «{glued[0]}»")
    builder = _Builder(_PIECE.findall(grammar))
    builder.alternatives(0)
    if builder.pieces:
        raise BadGrammar("a parenthesis too many closes")
    last = builder.states
    # in order of their start, so that one pass over the edges sees every way into a state first
    edges = sorted(_with_phrases(builder.edges), key=lambda edge: (edge.start, edge.end))
    return Accepted(tuple(edges), last)


@dataclass(slots=True)
class _Builder:
    """Reads the pieces of a grammar from the left and lays edges, one word each."""

    pieces: list[str]
    states: int = 0
    edges: list[Edge] = field(default_factory=list)

    def alternatives(self, start: int) -> int:
        """Up to the parenthesis that closes, or the end; gives the state after it."""
        ends = [self._sequence(start)]
        while self.pieces and self.pieces[0] == "|":
            self.pieces.pop(0)
            ends.append(self._sequence(start))
        after = self._new_state()
        self.edges += [Edge(end, (), after) for end in ends]
        return after

    def _sequence(self, start: int) -> int:
        at = self._new_state()
        self.edges.append(Edge(start, (), at))
        while self.pieces and self.pieces[0] not in "|)":
            at = self._item(self.pieces.pop(0), at)
        return at

    def _item(self, piece: str, at: int) -> int:
        if piece == "(":
            at = self.alternatives(at)
            if not self.pieces or self.pieces.pop(0) != ")":
                raise BadGrammar("a parenthesis is not closed")
            return at
        for word in words(piece):
            self.edges.append(Edge(at, (word,), self._new_state()))
            at = self.states
        return at

    def _new_state(self) -> int:
        self.states += 1
        return self.states


def _with_phrases(edges: list[Edge]) -> Iterator[Edge]:
    """The edges, and one more beside each way to say a phrase that `canonical` rewrites."""
    yield from edges
    leaving: dict[int, list[Edge]] = {}
    for edge in edges:
        leaving.setdefault(edge.start, []).append(edge)
    for edge in edges:
        for phrase, rewritten in phrases_from(edge.words):
            for end in _after(phrase[1:], edge.end, leaving):
                yield Edge(edge.start, rewritten, end)


def _after(phrase: Words, start: int, leaving: dict[int, list[Edge]]) -> set[int]:
    """The states that are reached from `start` by exactly these words."""
    reached = {start}
    for word in phrase:
        reached = _step(word, _silently(reached, leaving), leaving)
    return reached


def _step(word: str, states: set[int], leaving: dict[int, list[Edge]]) -> set[int]:
    edges = (edge for state in states for edge in leaving.get(state, ()))
    return {edge.end for edge in edges if edge.words == (word,)}


def _silently(states: set[int], leaving: dict[int, list[Edge]]) -> set[int]:
    """These states and all that follow them without a word."""
    found, left = set(states), list(states)
    while left:
        after = {edge.end for edge in leaving.get(left.pop(), ()) if not edge.words} - found
        found |= after
        left += after
    return found
