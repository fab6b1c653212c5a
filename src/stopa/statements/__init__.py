"""Documents in; statements, facts, indicators, source roots and disagreements out."""
