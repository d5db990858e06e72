"""Page: what docs/api.md says of each operation and shape, made from the schema."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from web.api import problems
from web.api.openapi import document
from web.api.operations import FILE

Schema = dict[str, Any]

MARK = "<!-- below: python -m web.api.page docs/api.md -->\n\n"


def renewed(written: str) -> str:
    """The page with everything below `MARK` as the schema says it now."""
    head, _, _ = written.partition(MARK)
    told = [*_failures(), *_sections(), "", "## Shapes", *_shapes(), ""]
    return head + MARK + "\n".join(told)


def _failures() -> Iterator[str]:
    yield "| status | type |"
    yield "|---|---|"
    rows = {(400, "about:blank"), (401, "about:blank"), (404, "about:blank"), (429, "about:blank")}
    for kind, status in problems.STATUS.items():
        if status != 404:
            rows.add((status.value, problems.type_of(kind)))
    for code, name in sorted(rows):
        yield f"| {code} | `{name}` |"


def _sections() -> Iterator[str]:
    whole = document()
    for tag in whole["tags"]:
        yield f"\n## {tag['description'].rstrip('.')}\n"
        yield "| operation | permission | |"
        yield "|---|---|---|"
        for path, methods in whole["paths"].items():
            for method, told in methods.items():
                if tag["name"] in told["tags"]:
                    yield _row(method.upper(), path, told)


def _row(method: str, path: str, told: Schema) -> str:
    permission = told["description"].split("`")[1]
    asked = [f"`{each['name']}`" for each in told["parameters"] if each["in"] == "query"]
    words = [told["summary"]]
    if asked:
        words.append(f"Query: {', '.join(asked)}.")
    if "requestBody" in told:
        words.append(f"Body: {_body(told['requestBody'])}.")
    (answer,) = (each for code, each in told["responses"].items() if code in ("200", "201"))
    if "application/json" in answer["content"]:
        words.append(f"Answer: {_type(_schema(answer))}.")
    return f"| `{method} {path}` | `{permission}` | {' '.join(words)} |"


def _body(holder: Schema) -> str:
    return f"the file, as `{FILE}`" if FILE in holder["content"] else _type(_schema(holder))


def _schema(holder: Schema) -> Schema:
    found: Schema = holder["content"]["application/json"]["schema"]
    return found


def _shapes() -> Iterator[str]:
    for name, schema in sorted(document()["components"]["schemas"].items()):
        if name.startswith("Page_"):  # told under Lists
            continue
        yield f"\n### {name}\n"
        if "description" in schema:
            yield " ".join(schema["description"].split()) + "\n"
        if "properties" not in schema:
            yield _type(schema)
            continue
        required = set(schema.get("required", ()))
        yield "| field | type |"
        yield "|---|---|"
        for field, kind in schema["properties"].items():
            yield f"| `{field}`{'' if field in required else ' (optional)'} | {_type(kind)} |"


def _type(schema: Schema) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name.startswith("Page_"):
            name = name.removeprefix("Page_").rstrip("_")
            return f"a page of [{name}](#{name.lower()})"
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if words := schema.get("enum") or ([schema["const"]] if "const" in schema else []):
        return ", ".join(f"`{each}`" for each in words)
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    name = schema.get("format") or schema.get("type") or "anything"
    return str(name) + _bounds(schema)


def _bounds(schema: Schema) -> str:
    said = [
        f"{word} {schema[name]}"
        for name, word in (
            ("minimum", "from"),
            ("maximum", "to"),
            ("maxLength", "at most"),
            ("pattern", "as"),
        )
        if name in schema
    ]
    return f" ({', '.join(said)})".replace("|", "\\|") if said else ""


if __name__ == "__main__":
    kept = Path(sys.argv[1])
    kept.write_text(renewed(kept.read_text(encoding="utf-8")), encoding="utf-8")
