"""The database: how it is opened, kept up to date and first filled."""

from controller.store.engine import Store

__all__ = ["Store"]
