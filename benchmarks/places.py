"""Places of the code that can be changed alone: comparisons, and/or, not, numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Site", "nodes_of", "sites"]

SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


class Site(NamedTuple):
    """A place in a file that can be changed: the node's number in the walk, and the operator's."""

    path: str
    kind: str
    node: int
    part: int
    line: int

    def change(self, source: str) -> str:
        """The file with this one place changed."""
        tree = ast.parse(source)
        node = nodes_of(tree)[self.node]
        if isinstance(node, ast.Compare):
            node.ops[self.part] = SWAPPED[type(node.ops[self.part])]()
        elif isinstance(node, ast.BoolOp):
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        elif isinstance(node, ast.Constant):
            node.value += 1
        else:
            assert isinstance(node, ast.UnaryOp)
            _replace(tree, node, node.operand)
        return ast.unparse(ast.fix_missing_locations(tree))


def sites(path: str, source: str) -> Iterator[Site]:
    """All places of a file, in the order of the walk; annotations are no code."""
    for number, node in enumerate(nodes_of(ast.parse(source))):
        if isinstance(node, ast.Compare):
            for part, operator in enumerate(node.ops):
                if type(operator) in SWAPPED:
                    yield Site(path, "compare", number, part, node.lineno)
        elif isinstance(node, ast.BoolOp):
            yield Site(path, "bool", number, 0, node.lineno)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield Site(path, "not", number, 0, node.lineno)
        elif isinstance(node, ast.Constant) and type(node.value) is int and node.value:
            yield Site(path, "int", number, 0, node.lineno)


def nodes_of(tree: ast.AST) -> list[ast.AST]:
    """The nodes of a tree that are code, in the order of the walk: annotations are none."""
    left_out: set[int] = set()
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if (annotation := getattr(node, name, None)) is not None:
                left_out.update(id(inner) for inner in ast.walk(annotation))
    return [node for node in ast.walk(tree) if id(node) not in left_out]


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if value is old:
                setattr(node, name, new)
            elif isinstance(value, list):
                value[:] = [new if item is old else item for item in value]
