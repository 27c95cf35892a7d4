"""Reads what students hand in, in a confined process: bytes become records there."""
