"""Two lessons that load, and that `lessonbot check` has advice for."""

from __future__ import annotations

A = f"""\
lesson: A
entries:
- id: one
  question: {"q" * 81}
  answer: A
  image: a.png
- id: two
  question: What is  a Venv?
  phrasings:
  - what is a venv
  - venv
  answer: A
  image: {{file: a.png, alt: A}}
scenarios:
- id: s
  title: T
  story: S
  picture:
    file: a.png
  solutions:
  - {{id: x, title: X, plan: x, outcome: o, why: w, verdict: works}}
  - {{id: y, title: Y, plan: y, why: w}}
  check:
    question: Q
    options:
    - {{text: a, correct: true}}
    - {{text: b, feedback: f}}
    - text: c
"""
B = """\
lesson: B
entries:
- id: three
  question: VENV!
  phrasings: [b]
  answer: A
"""
