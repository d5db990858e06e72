"""What a page says to people, piece by piece, without what is marked as Vietnamese or typed."""

from html.parser import HTMLParser

from web.english.cutter import READ_ATTRIBUTES

_VOID = frozenset({"input", "img", "br", "meta", "link", "hr", "use", "source"})
_NOT_READ = frozenset({"textarea", "script", "style"})


class Reader(HTMLParser):
    """`said` are its texts, `links` where it leads, `language` what its root says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self.language = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        skipped = tag in _NOT_READ or given.get("lang") == "vi" or self._skipping()
        if tag not in _VOID:
            self._open.append((tag, skipped))
        if not skipped:
            self.said += [given[name] for name in READ_ATTRIBUTES if given.get(name)]
        self.links += [given[name] for name in ("href", "hx-get", "data-ask") if given.get(name)]

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._skipping():
            self.said.append(" ".join(data.split()))

    def _skipping(self) -> bool:
        return bool(self._open) and self._open[-1][1]
