"""The firmware: its rules on both interpreters, its lines against masters made by others."""
