"""How fast digests leave, as arithmetic."""

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jobs.rates import Bucket, spread
from jobs.steadiness import Steadiness

FULL, SLOWEST = 2.0, 0.25


@given(st.lists(st.one_of(st.just(0.0), st.floats(0, 5), st.floats(10, 100).map(lambda n: -n)), max_size=60))
def test_never_faster_than_full_and_never_within_a_silence(steps: list[float]) -> None:
    """Whatever comes: so many tokens take so many half seconds, none falls into a silence, and the rate has bounds."""
    bucket, now, taken, silence = Bucket(FULL), 0.0, [], [(0.0, 0.0)]
    for step in steps:
        if step < 0:
            bucket = bucket.refused(now, -step, SLOWEST)
            silence.append((now, now - step))
        else:
            now += step + bucket.wait(now + step)
            bucket = bucket.take(now, FULL, late=0.25)
            taken.append(now)

    assert SLOWEST <= bucket.rate <= FULL
    assert all(later - earlier >= 0.75 / FULL - 1e-9 for earlier, later in pairwise(taken))
    assert all(later - first >= (many - 0.25) / FULL - 1e-9 for first, many, later in _spans(taken))
    assert not any(begins < at < ends - 1e-9 for at in taken for begins, ends in silence)


def _spans(taken: list[float]) -> Iterator[tuple[float, int, float]]:
    """Every token with every later one, and how many intervals lie between them."""
    for index, first in enumerate(taken):
        for many, later in enumerate(taken[index + 1 :], start=1):
            yield first, many, later


def test_refused_together_is_halved_once_and_creeps_back() -> None:
    """Four calls that get a 429 at once halve the rate once; forty messages later it is what it was."""
    bucket = Bucket(FULL)
    for _ in range(4):
        bucket = bucket.refused(100, 30, SLOWEST)
    assert (bucket.rate, bucket.wait(110)) == (FULL / 2, 20)
    now = 130.0
    for _ in range(40):
        now += bucket.wait(now)
        bucket = bucket.take(now, FULL)

    assert bucket.rate == FULL


def test_a_thousand_channels_spread_evenly_and_stay_put() -> None:
    """Each has its own place within n / 2 seconds, the same every time; one channel alone is on time."""
    places = [spread("T1", f"C{number}", 1000, FULL) for number in range(1000)]

    assert places == [spread("T1", f"C{number}", 1000, FULL) for number in range(1000)]
    assert 0 <= min(places) < max(places) < 500
    assert all(70 <= sum(start <= place < start + 50 for place in places) <= 130 for start in range(0, 500, 50))
    assert spread("T1", "C1", 1, FULL) == 0


def test_a_clock_that_was_stepped_is_not_trusted_for_a_while() -> None:
    """A step of a minute, either way, counts; a drift of a second does not."""
    times = [
        (0, 1000),
        (10, 1011),
        (20, 1020),
        (30, 1090),
        (120, 1180),
        (131, 1191),
        (140, 900),
        (239, 999),
        (240, 1000),
    ]
    clock = iter([0, *(now for now, _ in times), 0, 50])
    steadiness = Steadiness(100, lambda: next(clock), trusted=True)
    trusted = [steadiness.check(reading) for _, reading in times]

    assert trusted == [True, True, True, False, False, True, False, False, True]
    assert not Steadiness(100, lambda: next(clock), trusted=False).check(0)
