"""Acts on admission: an organisation asks for a place on this service, and the registrar answers."""
