"""What somebody of ill will tries, through the public contract: each attempt refused for its own reason."""
