"""Acts of the no-objection procedure: started, broken, answered, reserved, closed."""
