"""Diagnosis: what the station tells of itself when a technician asks for it by a signed order."""
