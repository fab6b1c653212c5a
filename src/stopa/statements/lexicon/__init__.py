"""Word lists of this room: English as it is used about intrusions, not words of any one report."""
