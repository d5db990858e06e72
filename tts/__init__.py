"""Text or an upload in, one finished recording out. Knows no database and no schedule."""
