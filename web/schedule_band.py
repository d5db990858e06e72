"""Schedule band: of an hour what is permitted and what is taken, as a narrow picture."""

from functools import lru_cache

from markupsafe import Markup

from web.schedule_board import Span

THINNEST = 0.6  # of the 60 minutes: less is not seen


@lru_cache(maxsize=4096)
def band(permitted: tuple[Span, ...], taken: tuple[Span, ...]) -> Markup:
    """An SVG of 60 by 6; most of the thousand hours on a page look the same."""
    open_ = (
        f'<rect class="open" x="{a:.1f}" width="{b - a:.1f}" height="6"/>' for a, b in permitted
    )
    shut = (
        f'<rect class="taken" x="{a:.1f}" width="{max(b - a, THINNEST):.1f}" height="6"/>'
        for a, b in taken
    )
    return Markup(  # noqa: S704 - numbers only
        '<svg class="band" viewBox="0 0 60 6" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{"".join(open_)}{"".join(shut)}</svg>'
    )
