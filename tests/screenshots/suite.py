"""Every scene there is. A new surface adds its own module of scenes here."""

from typing import Final

from tests.screenshots import channels, conversation, digests, home, passages, questions, register, search
from tests.screenshots.scene import Scene

SCENES: Final[tuple[Scene, ...]] = (
    *questions.SCENES,
    *passages.SCENES,
    *conversation.SCENES,
    *search.SCENES,
    *register.SCENES,
    *digests.SCENES,
    *home.SCENES,
    *channels.SCENES,
)
