"""Which entry a question means. Pure.

`words/` reads a text, `opposites/` what it wants and does not want, `meaning/` compares by meaning, and `doubts/`
finds what speaks against an entry. `index.py` is built from all of them and finds the candidates,
`candidate_ranking.py` ranks these, and `confidence.py` decides how sure that is.
"""
