"""The command line: translate, call one flow step, answer."""
