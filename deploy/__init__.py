"""How the programs get onto machines: the station's agent as one file, and as a Debian package."""
