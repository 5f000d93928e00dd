"""The parts of the playground that a Web API method may use."""

from dataclasses import dataclass

from bot.playground.manifest import Manifest
from bot.playground.model import Secrets
from bot.playground.sockets import Sockets
from bot.playground.workspace import Workspace


@dataclass(slots=True)
class Context:
    """`host` is the address people and the app use, e.g. `127.0.0.1:8080`; known once the server listens."""

    workspace: Workspace
    manifest: Manifest
    secrets: Secrets
    sockets: Sockets
    host: str = ""

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://{self.host}"

    def response_url(self, token: str) -> str:
        """The address of a response_url."""
        return f"{self.url}/response/{token}"
