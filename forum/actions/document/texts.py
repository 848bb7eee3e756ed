"""Names that acts of other rooms still import from here."""

from ...domain.text import filled, maybe
from .closing import body_name, zone_of
from .renumbering import sentence
from .scope import need_paragraph, opaque, scope

__all__ = ["body_name", "filled", "maybe", "need_paragraph", "opaque", "scope", "sentence", "zone_of"]
