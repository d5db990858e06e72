"""Parts made from settings, one file for each side of the box; only `app` puts them together."""
