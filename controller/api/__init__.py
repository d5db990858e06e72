"""Other programs: their keys, and acts that are done once however often they are asked for."""
