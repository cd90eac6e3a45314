"""The `chaport` command: an adapter whose host is a folder of files, a module a subcommand."""
