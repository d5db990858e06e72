"""Report cells: the figures of one line of a report, as a table shows them."""

from collections.abc import Iterable

from markupsafe import Markup

from contract.states import Verdict
from controller.report import Figures
from web.english.catalogue import english as in_english
from web.english.choice import reads_english


def number(count: int) -> str:
    """`1.234`."""
    return f"{count:,}".replace(",", ".")


def percent(share: float) -> str:
    """`98,5%`; never rounded up to the whole."""
    tenths = int(share * 1000)
    return f"{tenths // 10},{tenths % 10}%"


def span(seconds: float) -> str:
    """`12 giờ 05 phút`, or in minutes and seconds below an hour."""
    minutes, rest = divmod(int(seconds), 60)
    hours, left = divmod(minutes, 60)
    return f"{number(hours)} giờ {left:02d} phút" if hours else f"{minutes} phút {rest:02d} giây"


def bar(share: float) -> Markup:
    """A share of 0 to 1 as a picture; the number stands beside it."""
    return Markup(  # noqa: S704 - numbers only
        '<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect class="asked" width="100" height="8"/>'
        f'<rect class="played" width="{share * 100:.1f}" height="8"/></svg>'
    )


def of(one: Figures, columns: Iterable[Verdict]) -> Markup:
    """All cells of a line behind its head: a province has a hundred lines."""
    counts = (number(one.verdicts[verdict]) for verdict in columns)
    told = (span(one.asked_s), span(one.played_s), number(one.asked), *counts, number(one.late))
    share, *words = (
        map(in_english, (percent(one.share), *told))
        if reads_english()
        else (percent(one.share), *told)
    )
    first = f"<td>{bar(one.share)}{share}</td>"
    return Markup(first + "".join(f"<td>{word}</td>" for word in words))  # noqa: S704 - numbers
