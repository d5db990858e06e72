"""Entry of the child that lays out paper: HTML on standard input, PDF on standard output."""

import resource
import sys

LIMITS = {
    resource.RLIMIT_AS: 1_500 * 2**20,
    resource.RLIMIT_CPU: 60,  # 1,000 lines of a table take 8
    resource.RLIMIT_FSIZE: 0,
}


def main() -> None:
    """Lay out one document; it may fetch nothing."""
    html = sys.stdin.buffer.read().decode()
    from weasyprint import HTML  # noqa: PLC0415 - loaded before the limits
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    fetcher = URLFetcher(allowed_protocols=())
    sys.stdout.buffer.write(HTML(string=html, url_fetcher=fetcher).write_pdf())


if __name__ == "__main__":
    main()
