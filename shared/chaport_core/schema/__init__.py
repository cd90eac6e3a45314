"""What may be said: the options and methods of Chaport, and our own."""
