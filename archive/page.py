"""From exchanges to the page a reader would have seen: the last exchange is the page, those before it led there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.http_head import values
from archive.http_message import decode_content, parse_response
from archive.model import Hop, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.http_message import Message
    from archive.model import Exchange


def page_from(exchanges: Sequence[Exchange], requested_url: str, limit: int) -> Page:
    """Return the page; `limit` bounds its decoded body in bytes.

    A page has status None when no answer came, or one that is no HTTP; its `error` then says why.

    Raises:
        ValueError: there are no exchanges.

    """
    if not exchanges:
        raise ValueError(f"no exchange was made for {requested_url}: there is no page")
    last = exchanges[-1]
    message = read_exchange(last)
    decoded = decode_content(message.payload, message.headers, limit)
    return Page(
        url=last.url,
        requested_url=requested_url,
        fetched_at=last.started_at,
        status=message.status,
        headers=message.headers,
        body=decoded.body,
        hops=tuple(_hop(exchange) for exchange in exchanges[:-1]),
        truncated=last.truncated,
        error=last.error or (message.fault if message.status is None else None),
        fault="; ".join(filter(None, (message.fault if last.response else None, decoded.fault))) or None,
    )


def read_exchange(exchange: Exchange) -> Message:
    """Return the response of an exchange, read in the light of its request's method."""
    method = exchange.request.partition(b" ")[0].decode("latin-1") or "GET"
    return parse_response(exchange.response, method)


def _hop(exchange: Exchange) -> Hop:
    message = read_exchange(exchange)
    return Hop(exchange.url, message.status, _location(message))


def _location(message: Message) -> str | None:
    """Return the Location as text: UTF-8 where it is, as browsers read it, else latin-1."""
    for value in values(message.headers, b"location"):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("latin-1")
    return None
