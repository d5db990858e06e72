"""Sheets: lists that offices keep in workbooks, taken in after every cell has been looked at."""
