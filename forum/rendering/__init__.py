"""The rendering room: plain data -> bytes. Facts -> outline -> paper; it knows no database, no request and no clock."""
