"""From a reading and a codebook to grounded claims."""
