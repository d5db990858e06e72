"""Papers: what an office already has on paper or as a document, taken in with its notice."""
