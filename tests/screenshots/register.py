"""Pictures of what is made of the register: issues, advice, people, parties side by side, the timeline and sources."""

from typing import Final

from tests.screenshots.questions import asked
from tests.screenshots.scene import Scene

SCENES: Final = (
    Scene("issues", asked("issues")),
    Scene("issue", asked("issue dollars"), height=1240),
    Scene("recommendations", asked("recommendations energy")),
    Scene("who", asked("who PMF")),
    Scene("compare", asked("compare energy"), height=1240, chosen=True),
    Scene("compare-narrow", asked("compare energy"), width=400, height=1240),
    Scene("timeline", asked("timeline")),
    Scene("sources", asked("sources")),
    Scene("source", asked("source usip-2020")),
)
