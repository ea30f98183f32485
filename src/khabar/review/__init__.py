"""What a coder does with claims: decide, correct, add; double coding and its agreement. Pure; knows no store."""
