"""English: the second language of the web. Vietnamese text is the message id (decision 38).

`cutter` finds what templates say, `gathering` what all of the product says, `catalogue` what it is
in English, `rendering` puts it into pages, `choice` keeps who reads which.
"""
