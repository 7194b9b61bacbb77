"""Write: the output folder, the evidence table, and safe text for each place where it is shown."""
