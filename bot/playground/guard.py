"""Who may talk to the server: the page itself and the app, from this machine; no other web page, by no other name.

A foreign page can make a browser send requests to 127.0.0.1 (CSRF) or have its own name resolve to it (DNS rebinding). The
first shows in Origin, the second in Host.
"""

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.playground.context import Context


def guard(context: Context) -> Middleware:
    """A middleware that refuses strangers and puts the security headers on every answer."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        port = context.host.rpartition(":")[2]
        hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        origin = request.headers.get("Origin")
        if request.host not in hosts or (origin is not None and origin != f"http://{request.host}"):
            return web.Response(status=403, text="Only the playground's own page may do this.")
        return await handler(request)

    return check


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """The security headers, put on just before an answer is sent."""
    response.headers.update(
        {
            "Content-Security-Policy": (
                f"default-src 'self'; connect-src 'self' ws://{request.host}; base-uri 'none'; "
                "form-action 'none'; frame-ancestors 'none'"
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }
    )
