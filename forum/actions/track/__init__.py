"""Acts on tracks: how the stage of a track changes, by hand and by the clock."""
