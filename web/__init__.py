"""The web: people look and press buttons; stations fetch their recordings."""

from web.application import create_app
from web.sample_app import demo_app

__all__ = ["create_app", "demo_app"]
