"""Acts on agreements: that one body is named by another, or receives its texts."""
