"""The options and methods as Python types: for development only, runtime reads `options.json`."""
