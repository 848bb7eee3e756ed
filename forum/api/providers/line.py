"""The line to a provider: no redirects, no compression, at most so many bytes, at most so many seconds."""

import asyncio

import httpx

MOST_BYTES = 256 * 1024
SECONDS = 10.0


class BoundedLine(httpx.AsyncBaseTransport):
    """A transport for httpx, which by itself reads answers of any length. A connection for each request: people sign
    in seldom, and a provider's other address is found at once."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, whole and short. Raises httpx.TransportError for a longer, later or compressed one."""
        request.headers["Accept-Encoding"] = "identity"
        try:
            async with asyncio.timeout(SECONDS), httpx.AsyncHTTPTransport() as transport:
                answer = await transport.handle_async_request(request)
                if answer.headers.get("content-encoding", "identity") != "identity":
                    raise httpx.ReadError("a compressed answer, which was not asked for")
                content = bytearray()
                async for piece in answer.aiter_raw():
                    content += piece
                    if len(content) > MOST_BYTES:
                        raise httpx.ReadError("a long answer")
                await answer.aclose()
        except TimeoutError:
            raise httpx.ReadTimeout("the whole answer took too long") from None
        return httpx.Response(answer.status_code, headers=answer.headers, content=bytes(content))
