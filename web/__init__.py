"""The web: people look and press buttons; stations fetch their recordings."""

from web.application import create_app

__all__ = ["create_app"]
