"""Acts on editions: opened, cloned, recorded, migrated to another version, re-dated, closed."""
