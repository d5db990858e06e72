"""Search: one box for all that was said, for stations and for places."""

from flask import Blueprint, g, render_template, request

from controller import search
from web.bulletin_line import lines
from web.parts import parts

A_SCREENFUL, MOST_LINES, LONGEST = 20, 200, 100

blueprint = Blueprint("search", __name__)


@blueprint.get("/tim")
def index() -> str:
    """What has the words of `q`; `so` asks for more lines."""
    query = request.args.get("q", "").replace("\0", "")[:LONGEST].strip()
    wanted = min(max(request.args.get("so", A_SCREENFUL, type=int), 1), MOST_LINES)
    with parts().store.reading() as session:
        found = search.find(session, g.who, query, now=parts().now(), limit=wanted)
        rows = lines(session, [one.bulletin for one in found.said])
    return render_template(
        "search.html",
        query=query,
        found=found,
        said=list(zip(rows, found.said, strict=True)),
        more=wanted + A_SCREENFUL if found.more and wanted < MOST_LINES else None,
    )
