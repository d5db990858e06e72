"""The child that asks a provider: `python -m tts.engines.http PROFILE`. It alone reads the key."""

import sys
from pathlib import Path

from tts.engines.exchange import Exchange
from tts.engines.http.client import Client
from tts.engines.http.profile import key, load
from tts.engines.online import keep
from tts.engines.serving import serve


def main() -> None:
    """Answer until nobody asks."""
    file = Path(sys.argv[1])
    profile = load(file)
    client = Client(profile, key(profile), Exchange(f"http-{file.stem}"))
    serve(lambda piece: keep(client.fetch(piece), Path(piece.out)))


if __name__ == "__main__":
    main()
