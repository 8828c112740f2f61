"""Cookies that last for one target.

Some sites answer the first request with a cookie and a redirect to the same address, and go on doing so until the
cookie comes back. So a cookie lives from the first hop of a target to its page, and not longer: what one page sets must
not change what another one says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.http.cookies import CookieJar

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_JAR = "newsclip_cookies"


class TargetCookies:
    """Keep a jar in the request's meta, which redirects and retries share."""

    def process_request(self, request: Request) -> None:
        """Send what earlier hops set, as far as RFC 6265 lets this host have it."""
        jar: CookieJar | None = request.meta.get(_JAR)
        if jar is not None:
            request.headers.pop("Cookie", None)
            jar.add_cookie_header(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember what this hop set; a page that ends the way has no use for a jar."""
        if b"Set-Cookie" in response.headers and b"Location" in response.headers:
            jar = request.meta.setdefault(_JAR, CookieJar())
            jar.extract_cookies(response, request)
        return response
