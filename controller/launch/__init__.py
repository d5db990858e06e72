"""Several programs on one machine, started in order, kept alive and stopped together."""
