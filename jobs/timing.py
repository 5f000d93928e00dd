"""How long each step of a delivery may take, and how fast messages leave."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """All in seconds, rates in messages a second.

    A call is begun only when it ends within the lease, `margin` included; so whoever finds a lease run out, and waits for
    `quarantine` on top, sees in the channel whatever the last holder sent.

    Raises:
        ValueError: a call does not fit into the lease.
    """

    tick: float = 15
    call: float = 10  # one call to Slack, from the connection to the answer
    margin: float = 5  # for whatever the machine does between a check and what follows it
    lease: float = 60
    quarantine: float = 90  # from the end of a lease until the channel is read back
    look_back: float = 600  # how much further back than the first attempt the channel is read
    expiry: float = 86_400  # a digest so late is not posted any more
    distrust: float = 3_600  # after a clock was seen to jump, nothing expires by it
    catch_up: float = 35 * 86_400  # how far back missed digests are written down, to be said in the next
    sweeps: tuple[float, ...] = (
        600,
        3_600,
        86_400,
    )  # when a message that was sent twice is looked for, after it posted
    rate: float = (
        2  # a workspace; Slack takes "several hundred messages a minute" (docs.slack.dev/apis/web-api/rate-limits)
    )
    slowest: float = 0.25  # however often Slack said 429
    channel_gap: float = 1  # between two messages to one channel (the same page)
    retry: float = 30  # after a first refusal that may pass; doubled with each further one
    longest_retry: float = 3_600
    senders: int = 4  # messages on their way at the same time, by one process

    def __post_init__(self) -> None:
        if self.call + self.margin >= self.lease:
            raise ValueError(
                f"a call of {self.call} s and {self.margin} s of margin do not fit a lease of {self.lease} s"
            )

    def back_off(self, attempts: int) -> float:
        """How long a message rests after so many refusals."""
        return min(self.retry * 2.0 ** min(attempts, 20), self.longest_retry)
