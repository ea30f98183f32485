"""How work is mapped over many documents; knows no stage."""
