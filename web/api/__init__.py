"""The API: what the pages do, for other programs, under /api/v1."""

from web.api import door, openapi
from web.api.operations import blueprint

__all__ = ["blueprint", "door", "openapi"]
