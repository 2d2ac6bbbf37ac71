"""Which entry a question means. Pure.

`words/` reads a text, `opposites/` what it wants and does not want, `meaning/` compares by meaning, and `doubts/`
finds what speaks against an entry. `index.py` ranks by all of them, and `confidence.py` decides how sure that is.
"""
