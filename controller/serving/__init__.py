"""A whole server on one machine, for a commune of its own: no sample, nothing for show."""
