"""Names in braces become values: how a profile writes a request."""

import re
from collections.abc import Mapping
from html import escape

Leaf = str | int | float | bool
Tree = Leaf | list["Tree"] | dict[str, "Tree"]
Values = Mapping[str, str | int | float]

_NAME = re.compile(r"\{(\w+)\}")


def fill(template: str, values: Values) -> str:
    """One pass: what stands in a value is never a name. Raises KeyError for an unknown name."""
    return _NAME.sub(lambda found: str(values[found[1]]), template)


def fill_xml(template: str, values: Values) -> str:
    """As `fill`; a value cannot become a tag or an attribute."""
    safe = {name: escape(str(value)) for name, value in values.items()}
    return fill(template, safe)


def fill_tree(tree: Tree, values: Values) -> Tree:
    """As `fill`, in every string of a JSON tree. A name that stands alone keeps its type."""
    match tree:
        case dict():
            return {key: fill_tree(inner, values) for key, inner in tree.items()}
        case list():
            return [fill_tree(inner, values) for inner in tree]
        case str():
            alone = _NAME.fullmatch(tree)
            return values[alone[1]] if alone else fill(tree, values)
        case _:
            return tree


def names(template: object) -> set[str]:
    """Every name in a string or in a tree of them."""
    match template:
        case str():
            return set(_NAME.findall(template))
        case dict():
            return set().union(*map(names, template.values()))
        case list():
            return set().union(*map(names, template))
        case _:
            return set()
