"""Lists from workbooks, made by the library that did not read them."""
