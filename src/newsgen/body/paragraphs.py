"""Paragraphs of plain lines, which need no parser of blocks."""

import re

# A line's beginning that opens no block: a word, bold or slanted words, code in a line, a number that is not a list's.
_BEGIN = r"(?:[^\s\d#=\-_*+>:\[|<`~\x02]|[*_]{1,3}+[^\W_]|`{1,2}+(?!`)|\d++(?![.)]))"
PROSE = re.compile(rf"(?P<text>{_BEGIN}[^\n]*+(?:\n{_BEGIN}[^\n]*+)*+)\n(?:\n++|\Z)")
"""A paragraph whose lines cannot begin anything else, and the blank lines after it."""
