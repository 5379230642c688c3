"""The types of a newspaper: frozen, plain data. Every time is aware and in the site's zone.

A *source* is a file that newsgen reads, relative to the site and "/"-separated; an *output* is a path inside the output
folder; a *url* is what readers share: root-relative, percent-encoded, with the site's base path.
"""
