"""What a community has already -> lessons.

A reader for each format gives a `Source` (Source -> Section -> Pair, with lines); one writer makes lessons of
it; what finds no place is named with its line. `formats.py` lists the readers: adding a format is adding a
file and a line there.
"""
