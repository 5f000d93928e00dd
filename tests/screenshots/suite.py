"""Every scene there is. A new surface adds its own module of scenes here."""

from typing import Final

from tests.screenshots import channels, digests, home, questions, register
from tests.screenshots.scene import Scene

SCENES: Final[tuple[Scene, ...]] = (
    *questions.SCENES,
    *register.SCENES,
    *digests.SCENES,
    *home.SCENES,
    *channels.SCENES,
)
