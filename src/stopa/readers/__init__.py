"""Evidence in; event batches, documents and problems out. One module per format."""
