"""The first hour of an empty server: one person with a one-time code furnishes it."""
