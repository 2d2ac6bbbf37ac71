"""Learns bot/search/meaning/table.npz: `python -m tests.benchmarks.learn_table FOLDER`.

FOLDER contains these unpacked packages of Debian 12 (`apt-get download`, `dpkg-deb -x`): wordnet-base,
python3.11-doc, apache2-doc, nodejs-doc, postgresql-doc-15, python-django-doc, python-pandas-doc, rust-doc and
sqlite3-doc. `teaching_texts.py` reads them.

MiniLM (`lessonbot[semantic]`) encodes these texts. Then a vector is fitted for each word piece, so that the sum of
a text's vectors has the direction of MiniLM's vector. This takes about half an hour on one core; the same seed
gives the same table.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.search.meaning.encoder import Encoder, Vectors, unit
from bot.search.meaning.minilm import MiniLM
from bot.search.meaning.table import FILE, known_pieces, vocabulary
from bot.search.meaning.word_pieces import WordPieces
from tests.benchmarks.teaching_texts import teaching_texts

SEED = 12
DIMENSIONS, EPOCHS, BATCH, HELD_OUT = 64, 5, 512, 2_000
# Small steps keep the rows near MiniLM's vector of each piece, so that they also fit other kinds of texts.
LEARNING_RATE = 7e-4
# This share of a text's pieces is left out at random each time, so that no piece depends on another.
DROPPED = 0.1
# Common pieces ("the") must weigh less than others in a sum (Arora et al., 2017).
COMMON = 1e-3
MOST = 7  # the largest number that four bits hold


def learn(pieces: WordPieces, alone: Vectors, texts: Sequence[str], meant: Vectors) -> Vectors:
    """A row for each piece. `alone` and `meant` are MiniLM's vectors of each piece and of each text."""
    mean = meant.mean(axis=0)
    _, directions = np.linalg.eigh((meant - mean).T @ (meant - mean))
    kept = directions[:, ::-1][:, :DIMENSIONS].astype(np.float32)
    wanted = unit((meant - mean) @ kept)
    # Pieces are sorted by frequency, which roughly follows Zipf's law.
    share = 1 / (np.arange(len(pieces)) + 3.7)
    rows: Vectors = ((alone - mean) @ kept) * (COMMON / (COMMON + share / share.sum()))[:, None].astype(np.float32)
    bags = _bags(pieces, texts)
    random = np.random.default_rng(SEED)
    _learn_rows(rows, bags, wanted, random)
    seen = np.asarray((bags > 0).sum(axis=0)).ravel() > 0
    lengths = np.sqrt((rows**2).sum(axis=1))
    # A piece that is in no text keeps MiniLM's vector, scaled to the usual length.
    rows[~seen] *= np.median(lengths[seen]) / np.median(lengths[~seen])
    print(f"{(~seen).sum()} of {len(rows)} pieces stand in no text")
    return rows


def _bags(pieces: WordPieces, texts: Sequence[str]) -> sparse.csr_matrix:
    """How often each piece is in each text."""
    split = [pieces.split(text) for text in texts]
    owners = np.repeat(np.arange(len(split)), [len(each) for each in split])
    numbers = [number for each in split for number in each]
    ones = np.ones(len(numbers), np.float32)
    return sparse.csr_matrix((ones, (owners, numbers)), shape=(len(texts), len(pieces)))


def _learn_rows(
    rows: Vectors,
    bags: sparse.csr_matrix,
    wanted: Vectors,
    random: np.random.Generator,
) -> None:
    """Fit the rows with Adam (Kingma & Ba, 2015), so that the cosines of their sums with MiniLM's vectors grow."""
    usable = random.permutation(np.flatnonzero(np.asarray(bags.sum(axis=1)).ravel()))
    held_out, taught = usable[:HELD_OUT], usable[HELD_OUT:]
    momentum, variance = np.zeros_like(rows), np.zeros_like(rows)
    steps, step = EPOCHS * (len(taught) // BATCH), 0
    for epoch in range(EPOCHS):
        random.shuffle(taught)
        for start in range(0, len(taught) - BATCH + 1, BATCH):
            batch = taught[start : start + BATCH]
            bag = bags[batch]
            bag.data = bag.data * (random.random(len(bag.data)) > DROPPED)
            total = bag @ rows
            length = np.maximum(np.sqrt((total**2).sum(axis=1, keepdims=True)), 1e-6)
            cosine = (total / length * wanted[batch]).sum(axis=1, keepdims=True)
            slope = np.asarray(bag.T @ ((cosine * total / length - wanted[batch]) / length / BATCH))
            step += 1
            momentum += 0.1 * (slope - momentum)
            variance += 0.001 * (slope**2 - variance)
            rate = LEARNING_RATE * (1 - step / steps) + 1e-5
            change = momentum / (1 - 0.9**step) / (np.sqrt(variance / (1 - 0.999**step)) + 1e-8)
            rows -= np.float32(rate) * change.astype(np.float32)
        cosines = (unit(bags[held_out] @ rows) * wanted[held_out]).sum(axis=1)
        print(f"epoch {epoch + 1}: held out, a cosine of {cosines.mean():.4f}", flush=True)


def save(rows: Vectors, pieces: Sequence[str], file: Path) -> None:
    """Save the table with four bits for each number, two numbers in a byte, and a scale for each row."""
    scales = _scales(rows)
    small = (_rounded(rows, scales) + 8).astype(np.uint8)
    text = np.frombuffer("\n".join(pieces).encode(), np.uint8)
    np.savez_compressed(file, rows=small[:, ::2] << 4 | small[:, 1::2], scales=scales, vocabulary=text)


def _scales(rows: Vectors) -> NDArray[np.float16]:
    """For each row, the scale with which its numbers lose least when they are rounded. Large ones may be cut."""
    widest = np.maximum(np.abs(rows).max(axis=1), 1e-6) / MOST
    best: NDArray[np.float16] = widest.astype(np.float16)
    least = np.full(len(rows), np.inf)
    for share in np.linspace(0.5, 1, 26):
        scales = (share * widest).astype(np.float16)
        lost = ((_rounded(rows, scales) * scales[:, None] - rows) ** 2).sum(axis=1)
        best, least = np.where(lost < least, scales, best), np.minimum(lost, least)
    return best


def _rounded(rows: Vectors, scales: NDArray[np.float16]) -> Vectors:
    rounded: Vectors = np.clip(np.round(rows / scales[:, None].astype(np.float32)), -MOST, MOST)
    return rounded


def encoded(teacher: Encoder, texts: Sequence[str]) -> Vectors:
    """The vectors of these texts by the teacher. It prints the progress."""
    parts = []
    begin = time.monotonic()
    for start in range(0, len(texts), 4096):
        parts.append(teacher.encode(texts[start : start + 4096]).astype(np.float16))
        print(f"{start + len(parts[-1]):,} of {len(texts):,}: {time.monotonic() - begin:.0f} s", flush=True)
    return np.concatenate(parts).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description="The table of word pieces.")
    parser.add_argument("folder", type=Path, help="where the Debian packages were unpacked")
    parser.add_argument("--to", type=Path, default=FILE, help="the file to write")
    asked = parser.parse_args()
    texts = teaching_texts(asked.folder, Random(SEED))
    teacher, known = MiniLM(), known_pieces(vocabulary())
    alone = encoded(teacher, [piece.removeprefix("##") for piece in known])
    meant = encoded(teacher, texts)
    save(learn(WordPieces(known), alone, texts, meant), vocabulary(), asked.to)
    print(f"{asked.to}: {asked.to.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
