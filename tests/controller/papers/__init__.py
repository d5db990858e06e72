"""What documents give, checked with files that the libraries of offices write."""
