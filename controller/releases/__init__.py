"""Releases of the station's agent: a TUF repository of signed files, and who gets them when."""
