"""Reads a form with one file (RFC 7578) without trusting it: the whole of it is measured before it is taken apart."""

from collections.abc import AsyncGenerator, Mapping

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from ..api.http.body import read_body
from ..api.limits import Limits
from .form_fields import bad_form

MULTIPART = "multipart/form-data"
_BESIDE = 16 * 1024  # bytes of the fields and of what stands between them
_FIELDS, _LONGEST = 10, 1024


async def file_and_fields(request: Request, most: int) -> tuple[bytes, Mapping[str, str]]:
    """The file, empty where none was chosen, and the fields by name. Refuses (REQUEST_TOO_LARGE, 413) a form with a
    file of more than `most` bytes, (BAD_FORM) several files and what is no such form."""
    body = await read_body(request, Limits(body_bytes=most + _BESIDE))

    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    parser = MultiPartParser(request.headers, whole(), max_files=1, max_fields=_FIELDS, max_part_size=_LONGEST)
    try:
        form = await parser.parse()
    except (MultiPartException, FormParserError, KeyError, ValueError):
        raise bad_form("The form could not be read.") from None
    try:
        fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        if not all(map(str.isprintable, (*fields, *fields.values()))):
            raise bad_form("A field holds characters that are not printed.")
        files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        return await files[0].read() if files else b"", fields
    finally:
        await form.close()
