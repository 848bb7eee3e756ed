"""The pages that people open in a browser: an address, what an operation document answers, a template."""
