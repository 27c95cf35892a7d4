"""What comes out: one module per report. They know records only."""
