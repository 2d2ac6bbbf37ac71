"""`SHARDS` is read, and shards are divided fairly over processes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shards import Shards, divide, read_shards, shard_of


@pytest.mark.parametrize(
    ("text", "shards", "run"),
    [
        ("1", Shards(1), [0]),
        ("3", Shards(3), [0, 1, 2]),
        ("auto", Shards(None), [0, 1, 2, 3]),
        ("AUTO", Shards(None), [0, 1, 2, 3]),
        ("2-3/8", Shards(8, 2, 3), [2, 3]),
        ("5/8", Shards(8, 5, 5), [5]),
        ("0-0/1", Shards(1, 0, 0), [0]),
    ],
)
def test_all_shards_or_a_part_of_them(text, shards, run):
    """With `auto`, their number is known later: four here."""
    assert read_shards(text) == shards
    assert list(shards.of(shards.count or 4)) == run
    assert read_shards(str(shards)) == shards


@pytest.mark.parametrize(
    "text", ["0", "-1", "two", "1.5", "2-3", "1/", "/4", "1-2-3/4", "10000", "auto/2", "٢", "1 2"]
)
def test_anything_else_is_refused_with_examples(text):
    """The message shows how to write it."""
    with pytest.raises(ValueError, match=r"^auto, a number of shards such as 2, or a part of them such as 0-1/4$"):
        read_shards(text)


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("4/4", "a part from 0 to 3, because 4 shards are numbered from 0"),
        ("2-4/4", "a part from 0 to 3, because 4 shards are numbered from 0"),
        ("8-3/8", "a part from 0 to 7, because 8 shards are numbered from 0"),
        ("3-2/4", "a part with the lower number first, 2-3/4"),
        ("0/0", "a part of at least one shard, such as 0-1/4"),
    ],
)
def test_a_part_that_cannot_be_is_refused_with_what_it_must_be(text, must):
    """Shards are numbered from 0, which is easily forgotten."""
    with pytest.raises(ValueError, match=f"^{must}$"):
        read_shards(text)


def test_direct_messages_come_to_the_first_shard():
    """Servers are divided by their ID."""
    assert shard_of(0, 8) == 0
    assert [shard_of(n << 22, 3) for n in range(4)] == [0, 1, 2, 0]


@given(count=st.integers(1, 12), arrivals=st.lists(st.booleans(), min_size=1, max_size=12))
def test_processes_that_come_and_go_end_with_fair_shares(count, arrivals):
    """Whoever comes or goes, all shards are run, none twice, and nobody runs two more than another."""
    owners: dict[int, str] = {}
    peers: list[str] = []
    for n, comes in enumerate([True, *arrivals]):
        if comes or len(peers) == 1:
            peers.append(f"p{n}")
        else:
            gone = peers.pop(0)
            owners = {shard: owner for shard, owner in owners.items() if owner != gone}
        for _ in range(2):  # shards that are given up are taken in the next round
            for me in peers:
                take, give = divide(range(count), owners, peers, me)
                assert not owners.keys() & set(take)
                assert all(owners[each] == me for each in give)
                owners |= dict.fromkeys(take, me)
                owners = {shard: owner for shard, owner in owners.items() if shard not in give}
        share = [list(owners.values()).count(each) for each in peers]
        assert sorted(owners) == list(range(count))
        assert max(share) == -(-count // len(peers))
        again = [divide(range(count), owners, peers, me) for me in peers]
        assert again == [([], [])] * len(peers), "it rests"


def test_a_process_runs_no_shards_of_others():
    """Shards outside the part that a process may run are left alone."""
    assert divide(range(2, 4), {2: "b"}, ["a"], "a") == ([3], [])
