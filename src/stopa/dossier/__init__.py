"""The case made for readers: the page, the JSON, exports, and the proof."""
