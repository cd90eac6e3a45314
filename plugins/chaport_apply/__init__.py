"""The third door: puts chat into a folder that any generator has built (`chaport apply`)."""
