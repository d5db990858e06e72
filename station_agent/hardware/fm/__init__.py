"""The radio side of a rig: RDS encoder, exciter, and the codes that wake receivers."""
