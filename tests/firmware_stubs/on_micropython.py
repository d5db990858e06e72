"""Runs the tests of a module, named as the first word, on MicroPython.

Prints how many passed; a test that fails ends it with its traceback.
"""

import sys

module = __import__(sys.argv[1], None, None, ["x"])
tests = [name for name in dir(module) if name.startswith("test_")]
for name in tests:
    print(name)
    getattr(module, name)()
print(len(tests), "passed on", sys.implementation.name)
