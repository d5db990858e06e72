"""Campaigns and measurements; nothing here is asserted by the tests."""
